namespace WhiteMagic.Kernels.Modules;

/// <summary>What an export returns instead of a count: always negative, and never renumbered.</summary>
public static class KernelError
{
    /// <summary>An argument is outside what the function allows.</summary>
    public const int InvalidArgument = -1;

    /// <summary>A pointer and length do not lie inside memory that was allocated.</summary>
    public const int OutOfRange = -2;

    /// <summary>There is no memory left.</summary>
    public const int OutOfMemory = -3;

    /// <summary>What was named is not there.</summary>
    public const int NotFound = -4;

    /// <summary>A documented limit would be passed.</summary>
    public const int TooLarge = -5;

    /// <summary>The memory holds something else than this kernel's data, or another version of it.</summary>
    public const int Corrupt = -6;

    /// <summary>Others are in the way; the same call may succeed a moment later.</summary>
    public const int Busy = -7;
}
