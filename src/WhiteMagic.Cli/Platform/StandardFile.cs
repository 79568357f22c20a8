using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// Standard input, output or error as bytes, straight from the system: the framework's console would add its terminal database, key decoder
/// and encodings to the executable.
/// </summary>
internal unsafe partial class StandardFile : Stream
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
        !OperatingSystem.IsWindows() ? (file == Input ? WaitableInput.TryOpen() : null) ?? new StandardFile(file)
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

            return count >= 0 ? count : throw new IOException();
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
                    throw new IOException();
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

    private struct PollFile
    {
        public int File;
        public short Events;
        public short Results;
    }

    /// <summary>Standard input that can wait for a limited time and be woken, by a pipe to itself that is waited on beside the input.</summary>
    private sealed class WaitableInput : StandardFile, IWaitableInput
    {
        private const short Invalid = 0x20;
        private const int CloseOnExec = 0x10;

        private readonly int _sleeping;
        private readonly int _waking;
        private int _isWoken;

        private WaitableInput(int sleeping, int waking)
            : base(Input)
        {
            _sleeping = sleeping;
            _waking = waking;
        }

        /// <summary>Null when there is no pipe, or the system cannot wait for this kind of file: then it can only be read.</summary>
        internal static WaitableInput? TryOpen()
        {
            // SAFETY: the calls write one entry and two numbers.
            var probe = new PollFile { File = Input, Events = Readable };
            int* ends = stackalloc int[2];
            return poll(&probe, 1, 0) >= 0 && (probe.Results & Invalid) == 0 && Pipe(ends, CloseOnExec) == 0 ? new(ends[0], ends[1]) : null;
        }

        public bool WaitForInput(int timeoutMs)
        {
            // SAFETY: the call reads and writes these two entries only.
            PollFile* files = stackalloc PollFile[2];
            files[0] = new PollFile { File = Input, Events = Readable };
            files[1] = new PollFile { File = _sleeping, Events = Readable };
            int count = poll(files, 2, timeoutMs);
            if (count <= 0)
            {
                // The time has passed, or a signal came in between; who waits looks at the clock.
                return false;
            }

            if (files[1].Results == 0)
            {
                return true;
            }

            // SAFETY: one byte for one byte. The byte first: a call that still finds the mark is answered by this return.
            byte taken;
            _ = Read(_sleeping, &taken, 1);
            Volatile.Write(ref _isWoken, 0);
            return false;
        }

        public void WakeUp()
        {
            // One byte at a time in the pipe, so that this never blocks.
            if (Interlocked.Exchange(ref _isWoken, 1) == 0)
            {
                // SAFETY: one byte of one.
                byte any = 1;
                _ = Write(_waking, &any, 1);
            }
        }
    }

    // The framework's wrappers repeat an interrupted call.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Read", SetLastError = true)]
    private static partial int Read(nint file, byte* buffer, int count);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Write", SetLastError = true)]
    private static partial int Write(nint file, byte* buffer, int count);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Pipe")]
    private static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc")]
    private static partial int poll(PollFile* files, nuint count, int timeoutMs);

    [LibraryImport("libc")]
    private static partial int isatty(int file);
}
