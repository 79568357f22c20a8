namespace WhiteMagic.Cli;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>What was asked for could not be done, or a check found something wrong.</summary>
    internal const int Failed = 1;

    internal const int WrongUsage = 2;
}
