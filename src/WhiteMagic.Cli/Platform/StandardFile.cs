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
                count = PosixFile.Read(_file, first, buffer.Length);
            }
            while (count < 0 && WaitFor(PosixFile.Readable));

            return count >= 0 ? count : throw PosixFile.Failure();
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
                int count = PosixFile.Write(_file, first + done, buffer.Length - done);
                if (count < 0 && !WaitFor(PosixFile.Writable))
                {
                    throw PosixFile.Failure();
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

    // A file that was made non-blocking is waited for, and the call repeated. False: the last call failed for good.
    private bool WaitFor(short events)
    {
        if (!PosixFile.IsTryAgain)
        {
            return false;
        }

        // SAFETY: the call reads and writes this one entry.
        var wait = new PosixFile.PollFile(_file, events);
        _ = PosixFile.Poll(&wait, 1, -1);
        return true;
    }

    [LibraryImport("libc")]
    private static partial int isatty(int file);
}
