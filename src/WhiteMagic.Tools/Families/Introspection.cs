using System;
using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>What this server is and how it is: only what was counted or measured.</summary>
internal static class Introspection
{
    internal static readonly Tool[] Tools =
    [
        Tool.Define("gnosis", Effect.Read, "State of this memory: counts, alerts, next actions.",
            [Common.Galaxy],
            Shape.Object(("status", Shape.Text), ("version", Shape.Text), ("state_root", Shape.Text), ("galaxy", Shape.Text), Member.Maybe("memories", Shape.Object(("live", Shape.Integer), ("deleted", Shape.Integer))),
                Member.Maybe("ledger_entries", Shape.Integer), Member.Maybe("health", Shape.Any), Member.Maybe("modules", Shape.Any), ("alerts", Shape.Texts), ("next_actions", Shape.Texts)), Gnosis, core: true),

        Tool.Define("capabilities", Effect.Read, "Tools with their effects, limits, formats.",
            [], Shape.Object(("tools", Shape.List(Shape.Object(("name", Shape.Text), ("effect", Shape.Text)))), Member.Maybe("profile", Shape.Text), Member.Maybe("read_only", Shape.Flag), ("limits", Shape.Open),
                Member.Maybe("import_formats", Shape.Texts), Member.Maybe("export_formats", Shape.Texts)), Capabilities),

        Tool.Define("health_report", Effect.Read, "Measurements of store and process.",
            [Common.Galaxy], Shape.Object(("status", Shape.Text), ("storage", Shape.Open), ("process", Shape.Open), ("alerts", Shape.Texts)), HealthReport),

        Tool.Define("manifest", Effect.Read, "Program, versions, platform.",
            [], Shape.Object(("name", Shape.Text), ("version", Shape.Text), Member.Maybe("tier", Shape.Text), ("platform", Shape.Text), Member.Maybe("sqlite", Shape.Text), ("protocol_versions", Shape.Texts),
                Member.Maybe("license", Shape.Text)), Manifest),
    ];

    private static void Gnosis(Call call)
    {
        (GalaxyFacts? facts, List<string> alerts) = Examine(call);
        Utf8JsonWriter json = call.Json;
        json.WriteString("status", alerts.Count == 0 ? "ok" : "attention");
        json.WriteString("version", call.Workplace.Facts.Version);
        json.WriteString("state_root", call.Workplace.Galaxies.Root);
        json.WriteString("galaxy", call.GalaxyName);
        if (facts is not null)
        {
            json.WriteStartObject("memories");
            json.WriteNumber("live", facts.Live);
            json.WriteNumber("deleted", facts.Deleted);
            json.WriteEndObject();
            json.WriteNumber("ledger_entries", facts.LedgerEntries);
        }

        json.WriteStartObject("health");
        Vitality.WriteVector(json, call.Workplace.Vitals.Read());
        json.WriteEndObject();
        WriteModules(call);
        WriteTexts(json, "alerts", alerts);
        json.WriteStartArray("next_actions");
        if (facts is null)
        {
            // What to do is in the alert.
        }
        else if (facts.Live == 0)
        {
            json.WriteStringValue("nothing is stored yet: create_memory stores a first memory, wm init adds sixteen that explain this server");
        }
        else
        {
            json.WriteStringValue("session_bootstrap gives what matters at the start of a session; search_memories finds the rest");
        }

        foreach (string alert in alerts)
        {
            json.WriteStringValue(alert);
        }

        json.WriteEndArray();
    }

    private static void WriteModules(Call call)
    {
        if (call.Workplace.Scorer is not { } scorer)
        {
            return;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartArray("modules");
        foreach (ScorerState state in scorer.States)
        {
            json.WriteStartObject();
            json.WriteString("name", ScorerNames.NameOf(state.Kind));
            json.WriteString("source", state.Source);
            json.WriteString("sha256", state.Sha256);
            if (state.Problem.Length > 0)
            {
                json.WriteString("problem", state.Problem);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A store that cannot be used is what these tools are asked about, not a reason to fail.
    private static (GalaxyFacts? Facts, List<string> Alerts) Examine(Call call)
    {
        try
        {
            GalaxyFacts facts = call.Galaxy.Facts();
            return (facts, Health.AlertsOf(call, call.Galaxy, facts));
        }
        catch (FailureException e) when (Health.FindingOf(e) is not null)
        {
            List<string> alerts = Health.AlertsOf(call);
            alerts.Insert(0, Health.FindingOf(e)!);
            return (null, alerts);
        }
    }

    private static void Capabilities(Call call)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartArray("tools");
        foreach (Tool tool in new Catalog(call.Workplace.Facts.Profile == "core").Tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("effect", EffectName(tool.Effect));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("profile", call.Workplace.Facts.Profile);
        json.WriteBoolean("read_only", call.Workplace.Facts.ReadOnly);
        json.WriteStartObject("limits");
        json.WriteNumber("content_bytes", Limits.ContentBytes);
        json.WriteNumber("title_characters", Limits.TitleChars);
        json.WriteNumber("tags", Limits.TagCount);
        json.WriteNumber("tag_characters", Limits.TagChars);
        json.WriteNumber("metadata_bytes", Limits.MetadataBytes);
        json.WriteNumber("name_characters", Limits.NameChars);
        json.WriteNumber("query_bytes", Limits.QueryBytes);
        json.WriteNumber("results", Limits.ResultCount);
        json.WriteNumber("batch", Limits.BatchCount);
        json.WriteNumber("request_line_bytes", Mcp.Wire.MaxRequestBytes);
        json.WriteNumber("response_line_bytes", Mcp.Wire.MaxResponseBytes);
        json.WriteEndObject();
        json.WriteStartArray("import_formats");
        foreach (string format in Memory.Exchange.ExchangeFormat.Readable)
        {
            json.WriteStringValue(format);
        }

        json.WriteEndArray();
        json.WriteStartArray("export_formats");
        foreach (string format in Memory.Exchange.ExchangeFormat.Writable)
        {
            json.WriteStringValue(format);
        }

        json.WriteEndArray();
    }

    private static void HealthReport(Call call)
    {
        (GalaxyFacts? facts, List<string> alerts) = Examine(call);
        ProgramFacts program = call.Workplace.Facts;
        CallStatistics calls = call.Workplace.Statistics;
        Utf8JsonWriter json = call.Json;
        json.WriteString("status", alerts.Count == 0 ? "ok" : "attention");
        json.WriteStartObject("storage");
        json.WriteString("state_root", call.Workplace.Galaxies.Root);
        json.WriteString("galaxy", call.GalaxyName);
        if (facts is not null)
        {
            json.WriteNumber("schema_version", facts.SchemaVersion);
            json.WriteNumber("memories", facts.Live);
            json.WriteNumber("deleted", facts.Deleted);
            json.WriteNumber("ledger_entries", facts.LedgerEntries);
            json.WriteNumber("database_bytes", facts.DatabaseBytes);
            json.WriteNumber("log_bytes", facts.LogBytes);
        }

        WriteOrNull(json, "free_bytes", Health.FreeBytes(call.Workplace.Galaxies.Root));
        json.WriteString("durability", program.Durability);
        json.WriteEndObject();

        // The window of these figures is the life of this process.
        json.WriteStartObject("process");
        json.WriteNumber("window_seconds", Math.Max(0, (call.Workplace.Time.GetUtcNow().ToUnixTimeMilliseconds() - program.StartedAtMs) / 1000));
        json.WriteNumber("calls", calls.Calls);
        json.WriteNumber("failures", calls.Failures);
        WriteOrNull(json, "mean_ms", calls.Calls == 0 ? null : Math.Round(calls.TotalMs / calls.Calls, 3));
        WriteOrNull(json, "slowest_ms", calls.Calls == 0 ? null : Math.Round(calls.SlowestMs, 3));
        json.WriteNumber("resident_bytes", Environment.WorkingSet);
        json.WriteNumber("dropped_ledger_entries", calls.Unrecorded + (facts is null ? 0 : call.Galaxy.Ledger.DroppedCount));
        json.WriteEndObject();
        WriteTexts(json, "alerts", alerts);
    }

    private static void Manifest(Call call)
    {
        ProgramFacts facts = call.Workplace.Facts;
        Utf8JsonWriter json = call.Json;
        json.WriteString("name", "whitemagic");
        json.WriteString("version", facts.Version);
        json.WriteString("tier", "lite");
        json.WriteString("platform", facts.Platform);
        json.WriteString("sqlite", facts.SqliteVersion);
        WriteTexts(json, "protocol_versions", Mcp.Wire.ProtocolVersions);
        json.WriteString("license", "MIT");
    }

    private static string EffectName(Effect effect) => effect switch
    {
        Effect.Read => "read",
        Effect.Write => "write",
        Effect.Delete => "delete",
        _ => "external",
    };

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
