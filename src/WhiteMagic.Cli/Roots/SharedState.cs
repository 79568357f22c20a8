using System;
using System.IO;
using System.Runtime.InteropServices;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.StateBoard;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Roots;

/// <summary>
/// What the processes of a state root share in memory: the state board with the rate limiter's counts, and the ring of events. Each is opened
/// when it is first asked for. Where it cannot be shared it is this process's own, and <see cref="Problem"/> says why.
/// </summary>
/// <param name="root">The state root; looking at it makes none.</param>
/// <param name="readOnly">Whether no file may be made or changed.</param>
/// <param name="random">For names of files.</param>
internal sealed unsafe class SharedState(string root, bool readOnly, RandomFill random)
{
    internal const string BoardFile = "cache/state_board.bin";
    internal const string RingFile = "cache/event_ring.bin";

    private byte* _boardMemory;
    private bool _isBoardShared;
    private byte* _ringMemory;
    private bool _isRingShared;
    private SharedBoard _board;
    private RateTable _rates;
    private SharedRing _ring;

    /// <summary>Whether files that are not there are made.</summary>
    internal bool MayMake { get; init; } = true;

    /// <summary>Why memory is not shared with other processes; empty when it is, or need not be.</summary>
    internal string Problem { get; private set; } = "";

    internal SharedBoard Board
    {
        get
        {
            OpenBoard();
            return _board;
        }
    }

    internal RateTable Rates
    {
        get
        {
            OpenBoard();
            return _rates;
        }
    }

    internal SharedRing Ring
    {
        get
        {
            if (_ringMemory == null || (!_isRingShared && MayShare))
            {
                OpenRing();
            }

            return _ring;
        }
    }

    // A root that comes into being later is joined then.
    private bool MayShare => !readOnly && !OperatingSystem.IsWindows() && Problem.Length == 0 && root.Length > 0 && Directory.Exists(root);

    private void OpenBoard()
    {
        if (_isBoardShared || (_boardMemory != null && !MayShare))
        {
            return;
        }

        byte* shared = MayShare ? Share(BoardFile, SharedBoard.Bytes, static memory => TryOpenBoard(memory, out _, out _)) : null;
        _isBoardShared = shared != null;
        if (shared == null && _boardMemory != null)
        {
            return;
        }

        _boardMemory = shared == null ? Own(SharedBoard.Bytes) : shared;
        TryOpenBoard((nint)_boardMemory, out _board, out _rates);
    }

    private void OpenRing()
    {
        byte* shared = MayShare ? Share(RingFile, SharedRing.Bytes, static memory => SharedRing.Attach((void*)memory, SharedRing.Bytes, out _) == 0) : null;
        _isRingShared = shared != null;
        if (shared == null && _ringMemory != null)
        {
            return;
        }

        _ringMemory = shared == null ? Own(SharedRing.Bytes) : shared;
        SharedRing.Attach(_ringMemory, SharedRing.Bytes, out _ring);
    }

    private static bool TryOpenBoard(nint memory, out SharedBoard board, out RateTable rates)
    {
        rates = default;

        // SAFETY: the memory has the bytes of a board, and the rate limiter's part of it lies inside.
        return SharedBoard.Attach((void*)memory, out board) == 0
            && RateTable.Open((byte*)memory + SharedBoard.RateOffset, SharedBoard.RateBytes, RateLimits.WindowMs, out rates) == 0;
    }

    // A file that is there and is no board or ring is set aside, once.
    private byte* Share(string name, int bytes, Func<nint, bool> isRight)
    {
        string path = Path.Combine(root, name);
        if (!MayMake && !File.Exists(path))
        {
            return null;
        }

        try
        {
            byte* memory = SharedFile.Map(root, path, bytes, random);
            if (!isRight((nint)memory) && MayMake)
            {
                SharedFile.SetAside(path);
                memory = SharedFile.Map(root, path, bytes, random);
            }

            if (isRight((nint)memory))
            {
                return memory;
            }

            Problem = name + " is not what it must be";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FailureException)
        {
            Problem = name + ": " + e.Message;
        }

        return null;
    }

    // Zeroed by the system page by page, when they are used.
    private static byte* Own(int bytes) => (byte*)NativeMemory.AllocZeroed((nuint)bytes);
}
