namespace WhiteMagic.KernelCompiler.Commands;

internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>A rule was broken, or the toolchain failed.</summary>
    internal const int Failure = 1;

    /// <summary>The command line was wrong.</summary>
    internal const int Usage = 2;
}
