using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>The Karma ledger: what was done, and whether the record is whole.</summary>
internal static class Ledgers
{
    private static readonly Shape _rows = Shape.List(Shape.Object(("name", Shape.Text), ("calls", Shape.Integer), Member.Maybe("refusals", Shape.Integer), Member.Maybe("failures", Shape.Integer), ("debt", Shape.Number)));

    private static readonly TextParam _against = new("checkpoint");
    private static readonly IdParam _memory = new("memory_id");
    private static readonly OptionalIntegerParam _sequence = new("sequence", 1, long.MaxValue);

    internal static readonly Tool[] Tools =
    [
        Tool.Define("karma_report", Effect.Read, "Calls, refusals and debt per tool and agent, from the ledger.",
            [Common.Galaxy],
            Shape.Object(("calls", Shape.Integer), ("refusals", Shape.Integer), ("failures", Shape.Integer), Member.Maybe("memories_changed", Shape.Integer), ("mismatches", Shape.Integer), ("debt", Shape.Number), ("tools", _rows), ("agents", _rows)), Report),

        Tool.Define("karma_verify_chain", Effect.Read, "Recompute the ledger; against a checkpoint also what was cut or replaced.",
            [_against, Common.Galaxy],
            Shape.Object(("valid", Shape.Flag), ("entries", Shape.Integer), ("head", Shape.Text), Member.Maybe("root", Shape.Text), Member.Maybe("first_bad_sequence", Shape.Integer), Member.Maybe("problem", Shape.Text), Member.Maybe("mirror", Shape.Text)), Verify),

        Tool.Define("karma_checkpoint", Effect.Read, "Three lines to keep elsewhere.", [Common.Galaxy], Shape.Object(("checkpoint", Shape.Text)), Checkpoint),

        Tool.Define("karmic_trace", Effect.Read, "Entries of a memory, or one entry, with proofs.",
            [_memory, _sequence, _against, Common.Galaxy], Shape.Object(("checkpoint", Shape.Text), ("entries", Shape.Any), Member.Maybe("truncated", Shape.Flag), Member.Maybe("now", Shape.Text), Member.Maybe("consistency", Shape.Any)), Trace),
    ];

    private static void Report(Call call)
    {
        var all = new Tally();
        var tools = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        var agents = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        call.Galaxy.Ledger.FlushPending();
        call.Galaxy.Ledger.Summarise(row =>
        {
            all.Add(row);
            TallyOf(tools, row.Tool).Add(row);
            TallyOf(agents, row.Agent).Add(row);
        });
        all.Write(call.Json, call.Workplace.Scorer);
        WriteRows(call.Json, "tools", tools, call.Workplace.Scorer);
        WriteRows(call.Json, "agents", agents, call.Workplace.Scorer);
    }

    private static void Verify(Call call)
    {
        call.Galaxy.Ledger.FlushPending();
        KarmaVerdict verdict = KarmaVerifier.Verify(call.Galaxy.Ledger, call.GalaxyName, Given(call) is { } checkpoint ? [checkpoint] : []);
        string? mirror = call.Galaxy.Ledger.CheckMirror();
        call.Json.WriteBoolean("valid", verdict.Problem is null);
        call.Json.WriteNumber("entries", verdict.Entries);
        call.Json.WriteString("head", verdict.Head);
        call.Json.WriteString("root", verdict.Root);
        if (verdict.FirstBadSequence is { } bad)
        {
            call.Json.WriteNumber("first_bad_sequence", bad);
        }

        if (verdict.Problem is { } problem)
        {
            call.Json.WriteString("problem", problem);
        }

        if (mirror is not null)
        {
            call.Json.WriteString("mirror", mirror);
        }
    }

    private static void Checkpoint(Call call)
    {
        call.Galaxy.Ledger.FlushPending();
        KarmaCheckpoint checkpoint = Guarded(() => new KarmaTree(call.Galaxy.Ledger).Checkpoint());
        call.Json.WriteString("checkpoint", checkpoint.Text);
    }

    private static void Trace(Call call)
    {
        MemoryId? memory = call.Get(_memory);
        long? sequence = call.Get(_sequence);
        if (memory is null == sequence is null)
        {
            throw FailureException.Invalid("karmic_trace needs memory_id or sequence, one of them");
        }

        call.Galaxy.Ledger.FlushPending();
        Guarded(() =>
        {
            new KarmaTrace(call.Galaxy.Ledger, Given(call)).Write(call, memory, sequence);
            return 0;
        });
    }

    private static KarmaCheckpoint? Given(Call call) => call.Get(_against) is not { } text ? null
        : KarmaCheckpoint.Parse(text) ?? throw FailureException.Invalid("checkpoint is not one: it has three lines, origin, number of entries, root in base64, as karma_checkpoint gives them");

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new FailureException(ErrorCode.StorageCorrupt, e.Message, "karma_verify_chain says where the ledger was changed", inner: e);
        }
    }

    private static Tally TallyOf(SortedDictionary<string, Tally> tallies, string name)
    {
        if (!tallies.TryGetValue(name, out Tally? tally))
        {
            tallies.Add(name, tally = new Tally());
        }

        return tally;
    }

    private static void WriteRows(Utf8JsonWriter json, string name, SortedDictionary<string, Tally> tallies, IScorer? scorer)
    {
        json.WriteStartArray(name);
        foreach ((string key, Tally tally) in tallies)
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            tally.Write(json, scorer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed class Tally
    {
        private long _calls;
        private long _refusals;
        private long _failures;
        private long _mismatches;
        private long _changed;
        private readonly Debts _debts = new();

        internal void Add(in KarmaSummaryRow row)
        {
            bool refused = Outcomes.IsRefusal(row.Outcome);
            _calls += row.Calls;
            _refusals += refused ? row.Calls : 0;
            _failures += refused || row.Outcome == Outcomes.Ok ? 0 : row.Calls;
            _mismatches += KarmaDebt.Mismatches(row);
            _changed += row.Changed;
            _debts.Add(row);
        }

        internal void Write(Utf8JsonWriter json, IScorer? scorer)
        {
            json.WriteNumber("calls", _calls);
            json.WriteNumber("refusals", _refusals);
            json.WriteNumber("failures", _failures);
            json.WriteNumber("memories_changed", _changed);
            json.WriteNumber("mismatches", _mismatches);
            json.WriteNumber("debt", Math.Round(_debts.Total(scorer), 3));
        }
    }
}
