using System;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// Standard input and output as a channel, waited for together, so that one thread can serve: handing each request to another thread costs up
/// to 0.1 ms when the processor is idle. Unix only.
/// </summary>
internal sealed unsafe class StandardChannel : IChannel
{
    /// <summary>PIPE_BUF: a pipe that can be written to takes this many bytes without blocking.</summary>
    private static readonly int _pieceBytes = OperatingSystem.IsLinux() ? 4096 : 512;

    private readonly int _sleeping;
    private readonly int _waking;

    private StandardChannel(int sleeping, int waking)
    {
        _sleeping = sleeping;
        _waking = waking;
    }

    /// <summary>Standard input and output, whatever the system.</summary>
    internal static IChannel Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return new StreamChannel(StandardFile.Open(StandardFile.Input), StandardFile.Open(StandardFile.Output));
        }

        // A pipe to itself, since a wait for files can be woken by a file only.
        // SAFETY: the call writes two numbers.
        int* ends = stackalloc int[2];
        return PosixFile.Pipe(ends, PosixFile.CloseOnExec) == 0 ? new StandardChannel(ends[0], ends[1]) : throw PosixFile.Failure();
    }

    public int Read(Span<byte> buffer, int timeoutMs)
    {
        // SAFETY: the call reads and writes these two entries only.
        PosixFile.PollFile* files = stackalloc PosixFile.PollFile[2];
        files[0] = new PosixFile.PollFile(StandardFile.Input, PosixFile.Readable);
        files[1] = new PosixFile.PollFile(_sleeping, PosixFile.Readable);
        if (PosixFile.Poll(files, 2, timeoutMs) <= 0 || files[0].Results == 0)
        {
            // The time has passed, a signal came in between, or WakeUp was called; its byte stays, so that later waits end as well.
            return IChannel.Nothing;
        }

        // SAFETY: the span is pinned for the call, which writes at most its length.
        fixed (byte* first = buffer)
        {
            int count = PosixFile.Read(StandardFile.Input, first, buffer.Length);
            return count >= 0 ? count : PosixFile.IsTryAgain ? IChannel.Nothing : throw PosixFile.Failure();
        }
    }

    public int Write(ReadOnlySpan<byte> bytes, bool yieldsToInput, int timeoutMs)
    {
        // SAFETY: the call reads and writes the entries that are counted only.
        PosixFile.PollFile* files = stackalloc PosixFile.PollFile[3];
        uint count = 0;
        files[count++] = new PosixFile.PollFile(StandardFile.Output, PosixFile.Writable);
        if (yieldsToInput)
        {
            files[count++] = new PosixFile.PollFile(StandardFile.Input, PosixFile.Readable);
        }

        if (timeoutMs < 0)
        {
            files[count++] = new PosixFile.PollFile(_sleeping, PosixFile.Readable);
        }

        _ = PosixFile.Poll(files, count, timeoutMs);
        if (files[0].Results == 0)
        {
            return 0;
        }

        // SAFETY: the span is pinned for the call, which reads at most its length.
        fixed (byte* first = bytes)
        {
            int written = PosixFile.Write(StandardFile.Output, first, Math.Min(bytes.Length, _pieceBytes));
            return written >= 0 ? written : PosixFile.IsTryAgain ? 0 : throw PosixFile.Failure();
        }
    }

    public void WakeUp()
    {
        // SAFETY: one byte of one. The pipe takes thousands of them, and this is called at the end, once or twice.
        byte any = 1;
        _ = PosixFile.Write(_waking, &any, 1);
    }
}
