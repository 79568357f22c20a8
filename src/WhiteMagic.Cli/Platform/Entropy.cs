using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Cli.Platform;

/// <summary>Unpredictable bytes straight from the operating system: no file is opened, so an empty chroot has them too.</summary>
internal static unsafe partial class Entropy
{
    private const int UseSystemPreferred = 2;
    private const int MostPerCall = 256;

    /// <summary>Fills a span.</summary>
    /// <exception cref="PlatformNotSupportedException">The system gives none; nothing may be made up instead.</exception>
    internal static void Fill(Span<byte> bytes)
    {
        // SAFETY: each call gets the pinned span and no more than its length; getentropy takes no more than that a call.
        fixed (byte* first = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                int wanted = Math.Min(MostPerCall, bytes.Length - done);
                int given = OperatingSystem.IsWindows()
                    ? BCryptGenRandom(IntPtr.Zero, first + done, (uint)wanted, UseSystemPreferred) == 0 ? wanted : -1
                    : getentropy(first + done, (nuint)wanted) == 0 ? wanted : -1;
                if (given <= 0)
                {
                    throw new PlatformNotSupportedException("the system gives no random bytes");
                }

                done += given;
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int getentropy(byte* buffer, nuint count);

    [LibraryImport("bcrypt")]
    private static partial int BCryptGenRandom(IntPtr algorithm, byte* buffer, uint count, uint flags);
}
