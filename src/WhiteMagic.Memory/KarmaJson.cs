using System;
using System.Text.Json;
using WhiteMagic.Governance.Karma;

namespace WhiteMagic.Memory;

/// <summary>The one place that writes an entry of the ledger as JSON, for people and proofs.</summary>
public static class KarmaJson
{
    private static readonly string[] _effects = ["", "read", "write", "delete", "external"];

    /// <summary>Writes its members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, KarmaEntry entry)
    {
        json.WriteNumber("sequence", entry.Sequence);
        json.WriteString("time", Instant.Format(entry.TimeMs));
        json.WriteString("tool", entry.Tool);
        json.WriteString("agent", entry.Agent);
        json.WriteString("session", entry.Session);
        json.WriteString("effect", (int)entry.Effect is > 0 and < 5 ? _effects[(int)entry.Effect] : "");
        json.WriteNumber("changed", entry.Changed);
        json.WriteString("outcome", entry.Outcome);
        json.WriteString("rules", entry.Rules);
        json.WriteNumber("score", entry.Score);
        json.WriteStartArray("memory_ids");
        for (int at = 0; at + MemoryId.Bytes <= entry.MemoryIds.Length; at += MemoryId.Bytes)
        {
            json.WriteStringValue(MemoryId.Read(entry.MemoryIds.Span[at..]).ToString());
        }

        json.WriteEndArray();
        json.WriteNumber("duration_us", entry.DurationUs);
        json.WriteString("hash", Convert.ToHexStringLower(entry.Hash.Span));
    }
}
