namespace WhiteMagic.Sqlite.Engine;

/// <summary>SQLite's result codes as sqlite3.h numbers them; the low byte of an extended code is its primary code.</summary>
internal static class ResultCode
{
    internal const int Ok = 0;
    internal const int Error = 1;
    internal const int Perm = 3;
    internal const int Busy = 5;
    internal const int Locked = 6;
    internal const int NoMemory = 7;
    internal const int ReadOnly = 8;
    internal const int Interrupt = 9;
    internal const int IoError = 10;
    internal const int Corrupt = 11;
    internal const int Full = 13;
    internal const int CantOpen = 14;
    internal const int TooBig = 18;
    internal const int Constraint = 19;
    internal const int NotADatabase = 26;
    internal const int Row = 100;
    internal const int Done = 101;

    internal const int ConstraintUnique = Constraint | (8 << 8);
    internal const int IoErrorShmSize = IoError | (19 << 8);
    internal const int IoErrorShmOpen = IoError | (18 << 8);

    internal static int Primary(int code) => code & 0xff;
}
