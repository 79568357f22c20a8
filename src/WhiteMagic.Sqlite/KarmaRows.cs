using WhiteMagic.Governance.Karma;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Reads rows of karma_entries.</summary>
internal static class KarmaRows
{
    /// <summary>The columns in the order in which they are read.</summary>
    internal const string Select =
        "SELECT sequence, time, tool, agent, session, effect, changed, outcome, rules, score, arguments_hash, memory_ids, duration_us, previous_hash, hash FROM karma_entries";

    /// <summary>Passes the rows of a statement until <paramref name="visit"/> returns false.</summary>
    internal static void ReadAll(Statement s, KarmaVisit visit)
    {
        while (s.Step())
        {
            if (!visit(Of(s)))
            {
                s.Reset();
                return;
            }
        }
    }

    private static KarmaFields Of(Statement s) => new()
    {
        Sequence = s.Int64(0),
        TimeMs = s.Int64(1),
        Tool = s.Utf8(2),
        Agent = s.Utf8(3),
        Session = s.Utf8(4),
        Effect = s.Int64(5),
        Changed = s.Int64(6),
        Outcome = s.Utf8(7),
        Rules = s.Utf8(8),
        Score = s.Double(9),
        ArgumentsHash = s.Blob(10),
        MemoryIds = s.Blob(11),
        DurationUs = s.Int64(12),
        PreviousHash = s.Blob(13),
        Hash = s.Blob(14),
    };
}
