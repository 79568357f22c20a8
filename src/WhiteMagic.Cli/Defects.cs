using System;
using System.Globalization;
using System.IO;

namespace WhiteMagic.Cli;

/// <summary>Says on stderr where a defect of the program showed; the framework's own texts are not in the executable.</summary>
internal static class Defects
{
    internal static void Report(TextWriter error, Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wm: defect: {cause.GetType().FullName} (0x{cause.HResult:x8})"));
            error.WriteLine(cause.StackTrace ?? "");
        }
    }
}
