using System;
using System.IO;
using System.Runtime.InteropServices;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// Standard input, output or error as bytes, straight from the system: the framework's console would add its terminal database, key decoder
/// and encodings to the executable.
/// </summary>
internal sealed unsafe partial class StandardFile : Stream
{
    internal const int Input = 0;
    internal const int Output = 1;
    internal const int Error = 2;

    private const int TryAgainLinux = 11;
    private const int TryAgainMac = 35;
    private const short Readable = 1;
    private const short Writable = 4;

    private readonly int _file;

    private StandardFile(int file)
    {
        _file = file;
    }

    /// <summary>Opens one of the three.</summary>
    internal static Stream Open(int file) =>
        !OperatingSystem.IsWindows() ? new StandardFile(file)
        : file == Input ? Console.OpenStandardInput()
        : file == Output ? Console.OpenStandardOutput()
        : Console.OpenStandardError();

    /// <summary>Whether one of the three is a terminal.</summary>
    internal static bool IsTerminal(int file) =>
        !OperatingSystem.IsWindows() ? isatty(file) != 0
        : file == Input ? !Console.IsInputRedirected
        : file == Output ? !Console.IsOutputRedirected
        : !Console.IsErrorRedirected;

    public override bool CanRead => _file == Input;

    public override bool CanWrite => _file != Input;

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
        // SAFETY: the span is pinned for the call, which writes at most its length.
        fixed (byte* first = buffer)
        {
            int count;
            do
            {
                count = Read(_file, first, buffer.Length);
            }
            while (count < 0 && WaitFor(Readable));

            return count >= 0 ? count : throw Failure();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // SAFETY: the span is pinned for the calls, which read at most what is left of it.
        fixed (byte* first = buffer)
        {
            for (int done = 0; done < buffer.Length;)
            {
                int count = Write(_file, first + done, buffer.Length - done);
                if (count < 0 && !WaitFor(Writable))
                {
                    throw Failure();
                }

                done += Math.Max(count, 0);
            }
        }
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // A parent may have made the file non-blocking; then the call is repeated when the file is ready. False: the last call failed for good.
    private bool WaitFor(short events)
    {
        if (Marshal.GetLastPInvokeError() is not (TryAgainLinux or TryAgainMac))
        {
            return false;
        }

        var wait = new PollFile { File = _file, Events = events };
        _ = poll(&wait, 1, -1);
        return true;
    }

    // The number of the system's error, as the framework's own file streams give it.
    private static IOException Failure() => new(null, Marshal.GetLastPInvokeError());

    private struct PollFile
    {
        public int File;
        public short Events;
        public short Results;
    }

    // The framework's wrappers repeat an interrupted call.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Read", SetLastError = true)]
    private static partial int Read(nint file, byte* buffer, int count);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Write", SetLastError = true)]
    private static partial int Write(nint file, byte* buffer, int count);

    [LibraryImport("libc")]
    private static partial int poll(PollFile* files, nuint count, int timeoutMs);

    [LibraryImport("libc")]
    private static partial int isatty(int file);
}
