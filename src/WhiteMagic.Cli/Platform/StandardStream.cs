using System;
using System.IO;
using System.Runtime.InteropServices;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// A standard stream of the process, by plain reads and writes of the system. The framework's console would bring its terminal and key
/// handling with it (70 KB), and a FileStream over a redirected file writes at its own position instead of appending.
/// </summary>
internal sealed unsafe partial class StandardStream(int number) : Stream
{
    private const int Interrupted = 4;

    internal static Stream Input { get; } = new StandardStream(0);

    internal static Stream Output { get; } = new StandardStream(1);

    internal static Stream Error { get; } = new StandardStream(2);

    /// <summary>Whether a stream of this number is a terminal.</summary>
    internal static bool IsTerminal(int number) =>
        OperatingSystem.IsWindows() ? GetConsoleMode(GetStdHandle(-10 - number), out _) != 0 : isatty(number) == 1;

    public override bool CanRead => number == 0;

    public override bool CanWrite => number != 0;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        // SAFETY: the pinned span and its length are what the system may fill.
        fixed (byte* first = buffer)
        {
            if (OperatingSystem.IsWindows())
            {
                return ReadFile(GetStdHandle(-10 - number), first, (uint)buffer.Length, out uint got, IntPtr.Zero) == 0 ? 0 : (int)got;
            }

            nint count;
            while ((count = read(number, first, (nuint)buffer.Length)) < 0)
            {
                if (Marshal.GetLastSystemError() != Interrupted)
                {
                    throw new IOException();
                }
            }

            return (int)count;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint count;
            // SAFETY: as for Read.
            fixed (byte* first = buffer)
            {
                count = OperatingSystem.IsWindows()
                    ? WriteFile(GetStdHandle(-10 - number), first, (uint)buffer.Length, out uint put, IntPtr.Zero) == 0 ? -1 : (int)put
                    : write(number, first, (nuint)buffer.Length);
            }

            if (count > 0)
            {
                buffer = buffer[(int)count..];
            }
            else if (OperatingSystem.IsWindows() || Marshal.GetLastSystemError() != Interrupted)
            {
                throw new IOException();
            }
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc")]
    private static partial nint read(int file, byte* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial nint write(int file, byte* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial int isatty(int file);

    [LibraryImport("kernel32")]
    private static partial int GetConsoleMode(IntPtr file, out uint mode);

    [LibraryImport("kernel32")]
    private static partial IntPtr GetStdHandle(int number);

    [LibraryImport("kernel32")]
    private static partial int ReadFile(IntPtr file, byte* buffer, uint count, out uint read, IntPtr overlapped);

    [LibraryImport("kernel32")]
    private static partial int WriteFile(IntPtr file, byte* buffer, uint count, out uint written, IntPtr overlapped);
}
