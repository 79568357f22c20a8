using System;
using System.Collections.Generic;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.StateBoard;

namespace WhiteMagic.Governance.Harmony;

/// <summary>
/// Notes how every call ended and tells how the state root is. Nothing is shared on the way of a call: notes are kept here and published when
/// there is time.
/// </summary>
/// <param name="ring">Opens the ring of all processes.</param>
/// <param name="board">Opens the board of all processes.</param>
/// <param name="time">The clock, which all processes share.</param>
/// <param name="scorer">The modules that score; null when there are none.</param>
public sealed class Vitals(Func<SharedRing> ring, Func<SharedBoard> board, TimeProvider time, IScorer? scorer = null) : IWitness
{
    private const int MostNotes = 4096;
    private const long BoardEveryMs = 1000;
    private const long NsOfMs = 1_000_000;

    private readonly List<CallEvent> _notes = [];
    private long _boardAtMs = long.MinValue / 2;

    /// <inheritdoc/>
    public string Name => "harmony";

    /// <inheritdoc/>
    public void Note(Deed deed, Ruling? ruling, in DeedEnd end)
    {
        if (_notes.Count == MostNotes)
        {
            Publish();
        }

        _notes.Add(new CallEvent
        {
            TimeMs = NowMs,
            Tool = deed.Tool,
            Effect = deed.Effect,
            Outcome = end.Outcome,
            Score = ruling?.Score ?? 1,
            DurationUs = end.DurationUs,
            Changed = (int)Math.Min(end.Changed, int.MaxValue),
        });
    }

    /// <summary>Publishes what was noted, and once a second the vector, for whoever watches.</summary>
    public void Publish()
    {
        if (_notes.Count == 0)
        {
            return;
        }

        SharedRing shared = ring();
        foreach (CallEvent note in _notes)
        {
            note.Publish(shared);
        }

        _notes.Clear();
        if (NowMs - _boardAtMs >= BoardEveryMs)
        {
            _boardAtMs = NowMs;
            WriteBoard(Read());
        }
    }

    /// <summary>The vector as it is now.</summary>
    public HarmonyVector Read() => HarmonyVector.Of(Recent(HarmonyVector.MostCalls), NowMs, scorer);

    /// <summary>The newest calls of all processes, oldest first.</summary>
    public List<CallEvent> Recent(int most)
    {
        byte[] slots = new byte[most * SharedRing.SlotBytes];
        int count = ring().ReadNewest(slots);
        var calls = new List<CallEvent>();
        for (int i = 0; i < count; i++)
        {
            if (CallEvent.Read(slots.AsSpan(i * SharedRing.SlotBytes, SharedRing.SlotBytes)) is { } call)
            {
                calls.Add(call);
            }
        }

        calls.AddRange(_notes);
        return calls;
    }

    private void WriteBoard(HarmonyVector vector)
    {
        Span<double> values = stackalloc double[SharedBoard.HarmonyCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = vector.Values[i] ?? SharedBoard.NotMeasured;
        }

        board().WriteHarmony(values, NowMs * NsOfMs);
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
