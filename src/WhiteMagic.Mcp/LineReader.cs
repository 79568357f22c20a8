using System;
using System.IO;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>Reads the input chunk by chunk and hands its lines to the inbox. One thread uses it at a time.</summary>
internal sealed class LineReader(Stream input, IWaitableInput? waitable, Inbox inbox)
{
    private const int ChunkBytes = 32 << 10;

    private readonly LineSplitter _splitter = new(inbox);
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <summary>Reads until the input ends or the inbox stops.</summary>
    public void ReadToEnd()
    {
        while (inbox.EnterRead())
        {
            Read(Timeout.Infinite);
        }
    }

    /// <summary>
    /// Reads once, having entered; false when nothing came in time, or nothing will come any more. Only an input that can wait knows a time.
    /// </summary>
    public bool Read(int timeoutMs)
    {
        try
        {
            if (waitable is not null && !waitable.WaitForInput(timeoutMs))
            {
                inbox.LeaveRead();
                return false;
            }

            int count = ReadChunk();
            if (!inbox.LeaveRead())
            {
                return false;
            }

            if (count > 0)
            {
                _splitter.Add(_chunk.AsSpan(0, count));
                return true;
            }

            _splitter.Finish();
        }
#pragma warning disable CA1031 // Without memory to read on, the best that is left is an orderly end.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        inbox.Complete();
        return false;
    }

    private int ReadChunk()
    {
        try
        {
            return input.Read(_chunk, 0, _chunk.Length);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
