using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli;

/// <summary>Says on stderr where a defect of the program showed; the framework's own texts, and its types' names, are not in the executable.</summary>
internal static class Defects
{
    internal static void Report(TextWriter error, Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            error.WriteLine("wm: defect: " + NameOf(cause) + " (" + cause.HResult.ToString("x8", CultureInfo.InvariantCulture) + ") " + Printable.Line(cause.Message));
        }
    }

    private static string NameOf(Exception e) => e switch
    {
        FailureException failure => failure.Code,
        JsonException => "JsonException",
        ArgumentOutOfRangeException => "ArgumentOutOfRangeException",
        ArgumentNullException => "ArgumentNullException",
        ArgumentException => "ArgumentException",
        ObjectDisposedException => "ObjectDisposedException",
        InvalidOperationException => "InvalidOperationException",
        KeyNotFoundException => "KeyNotFoundException",
        IndexOutOfRangeException => "IndexOutOfRangeException",
        NullReferenceException => "NullReferenceException",
        InvalidCastException => "InvalidCastException",
        OverflowException => "OverflowException",
        FormatException => "FormatException",
        NotSupportedException => "NotSupportedException",
        OutOfMemoryException => "OutOfMemoryException",
        TypeInitializationException => "TypeInitializationException",
        UnauthorizedAccessException => "UnauthorizedAccessException",
        IOException => "IOException",
        _ => "Exception",
    };
}
