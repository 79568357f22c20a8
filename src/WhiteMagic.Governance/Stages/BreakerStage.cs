using System;
using System.Collections.Generic;
using System.Globalization;
using WhiteMagic.Kernels.StateBoard;

namespace WhiteMagic.Governance.Stages;

/// <summary>
/// Stops calling a tool that fails again and again, for all processes of a state root: closed, open for a while, then half-open, when one call
/// at a time tries whether it works again. Failures are defects of ours and calls that took too long; refusals and bad arguments are none, and
/// neither are errors of the storage, which name their cause and end with it.
/// </summary>
/// <param name="settings">When it opens.</param>
/// <param name="tools">The tools, sorted: a tool's number among them is its breaker.</param>
/// <param name="board">Gives the shared board; asked at each call.</param>
/// <param name="time">The clock, which all processes share.</param>
public sealed class BreakerStage(BreakerSettings settings, IReadOnlyList<string> tools, Func<SharedBoard> board, TimeProvider time) : IStage, IWitness
{
    private const int Closed = 0;
    private const int Open = 1;
    private const int HalfOpen = 2;
    private const int MsOfSecond = 1000;

    // A breaker's word: how many failures (the lowest 16 bits), and since when, in milliseconds.
    private const int CountBits = 16;

    private readonly Dictionary<string, Slot> _slots = SlotsOf(tools);

    /// <inheritdoc/>
    public string Name => "circuit breaker";

    /// <summary>Calls that this process refused.</summary>
    public long RefusedCount { get; private set; }

    /// <inheritdoc/>
    public void Hear(Hearing hearing)
    {
        if (!_slots.TryGetValue(hearing.Deed.Tool, out Slot? slot))
        {
            return;
        }

        SharedBoard shared = board();
        int state = shared.ReadBreaker(slot.Index, out ulong word);
        if (state is not (Open or HalfOpen))
        {
            return;
        }

        // One whose probe never ended, because its process died, is open again and due.
        long leftMs = SinceMs(word) + settings.OpenMs - NowMs;
        if (leftMs <= 0 && state == HalfOpen && shared.WriteBreaker(slot.Index, HalfOpen, Open, word, NowNs) > 0)
        {
            state = Open;
        }

        // Of many that see it due, the board lets one make it half-open.
        if (leftMs <= 0 && state == Open && shared.WriteBreaker(slot.Index, Open, HalfOpen, Word(CountOf(word), NowMs), NowNs) > 0)
        {
            return;
        }

        RefusedCount++;
        int seconds = (int)Math.Max(1, (leftMs + MsOfSecond - 1) / MsOfSecond);
        hearing.Refuse(Outcomes.CircuitBreakerOpen, string.Create(CultureInfo.InvariantCulture,
            $"{hearing.Deed.Tool} failed {CountOf(word)} times within {settings.WindowMs / MsOfSecond} s, with internal_error or timeout, and is not called for a while"),
            string.Create(CultureInfo.InvariantCulture, $"one call may try again in {seconds} s; wm doctor checks the store, and the log on stderr says what failed"), seconds);
    }

    /// <inheritdoc/>
    public void Note(Deed deed, Ruling? ruling, in DeedEnd end)
    {
        // These never reached the tool, and are no probe.
        if (end.Outcome is Outcomes.CircuitBreakerOpen or Outcomes.RateLimited || !_slots.TryGetValue(deed.Tool, out Slot? slot))
        {
            return;
        }

        SharedBoard shared = board();
        int state = shared.ReadBreaker(slot.Index, out ulong word);
        bool isFailure = end.Outcome is "internal_error" or "timeout";
        if (state == HalfOpen)
        {
            // A probe that told nothing, since it was refused or wrong, leaves the next call to try.
            bool isSuccess = end.Outcome == Outcomes.Ok;
            _ = isSuccess ? shared.WriteBreaker(slot.Index, HalfOpen, Closed, 0, NowNs)
                : shared.WriteBreaker(slot.Index, HalfOpen, Open, Word(CountOf(word), isFailure ? NowMs : NowMs - settings.OpenMs), NowNs);
        }
        else if (state == Closed && isFailure)
        {
            bool isInWindow = CountOf(word) > 0 && NowMs - SinceMs(word) <= settings.WindowMs;
            int count = isInWindow ? CountOf(word) + 1 : 1;
            _ = count >= settings.Failures
                ? shared.WriteBreaker(slot.Index, Closed, Open, Word(count, NowMs), NowNs)
                : shared.WriteBreaker(slot.Index, Closed, Closed, Word(count, isInWindow ? SinceMs(word) : NowMs), NowNs);
        }
    }

    /// <summary>The state of a tool's breaker: <c>closed</c>, <c>open</c> or <c>half_open</c>; null when it has none.</summary>
    public string? StateOf(string tool) => _slots.TryGetValue(tool, out Slot? slot) ? board().ReadBreaker(slot.Index, out _) switch
    {
        Open => "open",
        HalfOpen => "half_open",
        _ => "closed",
    } : null;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long NowNs => NowMs * 1_000_000;

    private static ulong Word(int count, long sinceMs) => ((ulong)sinceMs << CountBits) | (uint)Math.Min(count, ushort.MaxValue);

    private static int CountOf(ulong word) => (ushort)word;

    private static long SinceMs(ulong word) => (long)(word >> CountBits);

    private static Dictionary<string, Slot> SlotsOf(IReadOnlyList<string> tools)
    {
        var slots = new Dictionary<string, Slot>(StringComparer.Ordinal);
        for (int i = 0; i < tools.Count && i < SharedBoard.SlotCount; i++)
        {
            slots.Add(tools[i], new Slot(i));
        }

        return slots;
    }

    private sealed class Slot(int index)
    {
        internal int Index { get; } = index;
    }
}
