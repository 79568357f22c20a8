using System;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Health and limits as they are measured.</summary>
internal static class Vitality
{
    private const int Digits = 4;

    internal static readonly Tool[] Tools =
    [
        Tool.Define("harmony_vector", Effect.Read, "Health over the last 5 minutes, 1 is best, null is not measured.",
            [], Shape.Object(("harmony_score", Shape.Any), ("dimensions", Shape.Open), ("window", Shape.Open)), WriteHarmony),

        Tool.Define("rate_limiter_stats", Effect.Read, "Limits, refusals, open breakers.", [], Shape.Object(("limits", Shape.Open), ("tools", Shape.Any)), WriteLimits),
    ];

    /// <summary>Writes score, dimensions and window into an object that is open.</summary>
    internal static void WriteVector(Utf8JsonWriter json, HarmonyVector vector)
    {
        WriteOrNull(json, "harmony_score", vector.Score);
        json.WriteStartObject("dimensions");
        for (int i = 0; i < HarmonyVector.Names.Length; i++)
        {
            WriteOrNull(json, HarmonyVector.Names[i], vector.Values[i]);
        }

        json.WriteEndObject();
        json.WriteStartObject("window");
        json.WriteNumber("seconds", HarmonyVector.WindowSeconds);
        json.WriteNumber("calls", vector.Calls);
        json.WriteNumber("errors", vector.Errors);
        json.WriteNumber("refusals", vector.Refusals);
        json.WriteNumber("mismatches", vector.Mismatches);
        json.WriteNumber("debt", Math.Round(vector.Debt, Digits));
        WriteOrNull(json, "p50_ms", vector.P50Ms);
        WriteOrNull(json, "p95_ms", vector.P95Ms);
        WriteOrNull(json, "rajasic", vector.RajasicRatio);
        json.WriteEndObject();
    }

    private static void WriteHarmony(Call call) => WriteVector(call.Json, call.Workplace.Vitals.Read());

    private static void WriteLimits(Call call)
    {
        Utf8JsonWriter json = call.Json;
        Workplace workplace = call.Workplace;
        json.WriteStartObject("limits");
        json.WriteNumber("window_seconds", RateLimits.WindowMs / 1000);
        json.WriteNumber("overall", workplace.Rates.Limits.Overall);
        json.WriteNumber("per_tool", workplace.Rates.Limits.PerTool);
        json.WriteNumber("http_overall", workplace.Rates.Limits.HttpOverall);
        json.WriteNumber("http_per_tool", workplace.Rates.Limits.HttpPerTool);
        json.WriteNumber("refused_by_limits", workplace.Rates.RefusedCount);
        json.WriteNumber("refused_by_breakers", workplace.Breakers.RefusedCount);
        json.WriteEndObject();

        // Only tools of which there is something to say: an answer with all of them would cost more than it tells.
        json.WriteStartArray("tools");
        foreach (Tool tool in new Catalog(coreOnly: false).Tools)
        {
            int waitMs = workplace.Rates.WaitMs(tool.Name, tool.IsRecall);
            string? breaker = workplace.Breakers.StateOf(tool.Name);
            bool hasOwnLimit = workplace.Rates.Limits.OwnOf(tool.Name) is not null;
            if (waitMs > 0 || breaker is not (null or "closed") || hasOwnLimit)
            {
                json.WriteStartObject();
                json.WriteString("name", tool.Name);
                json.WriteNumber("per_minute", workplace.Rates.Limits.Of(tool.Name, isHttp: false));
                json.WriteNumber("wait_ms", waitMs);
                json.WriteString("breaker", breaker);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, Digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
