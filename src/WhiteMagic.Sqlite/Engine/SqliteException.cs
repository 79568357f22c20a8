using System;

namespace WhiteMagic.Sqlite.Engine;

/// <summary>SQLite answered a call with an error; callers above turn it into a failure that users understand.</summary>
internal sealed class SqliteException(int code, string message, int systemError) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    internal int Code { get; } = code;

    /// <summary>errno of the last failed system call; 0 when there was none.</summary>
    internal int SystemError { get; } = systemError;

    internal int Primary => ResultCode.Primary(Code);
}
