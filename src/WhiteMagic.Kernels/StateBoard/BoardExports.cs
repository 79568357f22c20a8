using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.StateBoard;

/// <summary>The exports of state_board.wasm. See docs/modules/state_board.md.</summary>
public static unsafe class BoardExports
{
    private static SharedBoard _board;

    /// <summary>Opens the board at <paramref name="board"/>, 64 KiB, zeroed or a board already.</summary>
    [WasmExport("board_attach")]
    public static int Attach(void* board) => KernelMemory.IsInside(board, SharedBoard.Bytes) ? SharedBoard.Attach(board, out _board) : KernelError.OutOfRange;

    /// <summary>Writes seven doubles; returns the tick.</summary>
    [WasmExport("board_write_harmony")]
    public static long WriteHarmony(double* values, long nowNs) =>
        KernelMemory.IsInside(values, SharedBoard.HarmonyCount * sizeof(double))
            ? _board.WriteHarmony(new ReadOnlySpan<double>(values, SharedBoard.HarmonyCount), nowNs)
            : KernelError.OutOfRange;

    /// <summary>Reads seven doubles of one moment; returns the tick.</summary>
    [WasmExport("board_read_harmony")]
    public static long ReadHarmony(ulong* values) => Read(1, SharedBoard.HarmonyCount, values);

    /// <summary>Writes six numbers of 8 bytes; returns the tick.</summary>
    [WasmExport("board_write_resonance")]
    public static long WriteResonance(ulong* values, long nowNs) =>
        KernelMemory.IsInside(values, SharedBoard.ResonanceCount * sizeof(ulong))
            ? _board.WriteResonance(new ReadOnlySpan<ulong>(values, SharedBoard.ResonanceCount), nowNs)
            : KernelError.OutOfRange;

    /// <summary>Writes the bit mask of active engines; returns the tick.</summary>
    [WasmExport("board_set_active_engines")]
    public static long WriteActiveEngines(ulong mask, long nowNs) => _board.WriteActiveEngines(mask, nowNs);

    /// <summary>Reads 16 words of one moment; returns the tick.</summary>
    [WasmExport("board_read_state")]
    public static long ReadState(ulong* state) => Read(0, SharedBoard.StateWords, state);

    /// <summary>Changes a breaker if it is in the expected state, or in any when that is negative; returns the tick, or 0 when it was not.</summary>
    [WasmExport("board_write_breaker")]
    public static long WriteBreaker(int slot, int expected, int state, ulong failures, long nowNs) => _board.WriteBreaker(slot, expected, state, failures, nowNs);

    /// <summary>Returns a breaker's state and writes its failures, 8 bytes.</summary>
    [WasmExport("board_read_breaker")]
    public static int ReadBreaker(int slot, ulong* failures)
    {
        if (!KernelMemory.IsInside(failures, sizeof(ulong)))
        {
            return KernelError.OutOfRange;
        }

        int state = _board.ReadBreaker(slot, out ulong read);
        if (state >= 0)
        {
            *failures = read;
        }

        return state;
    }

    /// <summary>Adds one to a counter; returns its value.</summary>
    [WasmExport("board_increment_counter")]
    public static long Increment(int slot) => _board.Increment(slot);

    /// <summary>Returns a counter's value.</summary>
    [WasmExport("board_read_counter")]
    public static long ReadCounter(int slot) => _board.ReadCounter(slot);

    /// <summary>Zeroes harmony, resonance, breakers and counters; returns the tick, which goes on.</summary>
    [WasmExport("board_reset")]
    public static long Reset(long nowNs) => _board.Reset(nowNs);

    // A reading that failed may leave part of a state behind, so it goes to a place of its own first.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Read(int first, int count, ulong* words)
    {
        if (!KernelMemory.IsInside(words, (uint)count * sizeof(ulong)))
        {
            return KernelError.OutOfRange;
        }

        Span<ulong> state = stackalloc ulong[SharedBoard.StateWords];
        long tick = _board.ReadState(state);
        for (int i = 0; tick >= 0 && i < count; i++)
        {
            words[i] = state[first + i];
        }

        return tick;
    }
}
