using System;
using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Memories by where they stand and by what they repeat.</summary>
internal static class Nearness
{
    // Enough of a content for a snippet of it; a list of points shows none.
    private const int PreviewBytes = 16 << 10;
    private const int MostPairs = 200;
    private const int MostSimilarityDigits = 3;
    private const double UsualThreshold = 0.8;

    // Far outside of where any memory can stand, and squares still far from the limits of a float.
    private const double MostCoordinate = 1000;

    private static readonly TextParam _query = new("query") { IsRequired = true };
    private static readonly IntegerParam _limit = new("limit", 10, 1, Limits.ResultCount);
    private static readonly FlagParam _explain = new("explain");
    private static readonly FractionParam _threshold = new("threshold");
    private static readonly IntegerParam _pairLimit = new("limit", 50, 1, MostPairs);
    private static readonly ChoiceParam _operation = new("operation", null, "status", "nearest", "query") { IsRequired = true };
    private static readonly IdParam _around = new("memory_id");
    private static readonly NumberParam _x = new("x", -MostCoordinate, MostCoordinate);
    private static readonly NumberParam _y = new("y", -MostCoordinate, MostCoordinate);
    private static readonly NumberParam _z = new("z", -MostCoordinate, MostCoordinate);
    private static readonly NumberParam _w = new("w", -MostCoordinate, MostCoordinate);
    private static readonly NumberParam _v = new("v", -MostCoordinate, MostCoordinate);
    private static readonly NumberParam _radius = new("radius", 0, MostCoordinate);

    internal static readonly Tool[] Tools =
    [
        Tool.Define("hybrid_recall", Effect.Read, "Like search_memories, with nearness, recency, importance and access.",
            [_query, _limit, _explain, Common.Galaxy],
            Shape.Object(("results", Shape.List(Common.Found)), ("count", Shape.Integer), ("truncated", Shape.Flag), Common.Damaged), HybridRecall, recall: true),

        Tool.Define("find_duplicates", Effect.Read, "Pairs of memories that nearly repeat each other; threshold 0.8 if absent.",
            [_threshold, _pairLimit, Common.Galaxy],
            Shape.Object(("pairs", Shape.List(Shape.Object(("a", Shape.Text), ("b", Shape.Text), ("similarity", Shape.Number))))), FindDuplicates),

        Tool.Define("view_hologram", Effect.Read, "Memories nearest to a memory or to a point (query) in 5D: logic-emotion, detail-whole, time, weight, vitality.",
            [_operation, _around, _x, _y, _z, _w, _v, _limit, _radius, Common.Galaxy],
            Shape.Object(Member.Maybe("points", Shape.List(Shape.Object(("memory_id", Shape.Text), ("distance", Shape.Number)))), Member.Maybe("placed", Shape.Integer), Member.Maybe("metric", Shape.Text)), ViewHologram, recall: true),
    ];

    private static void HybridRecall(Call call)
    {
        IReadOnlyList<HybridHit> hits = Memory.Recall.HybridRecall.Find(call.Galaxy, call.Get(_query)!, (int)call.Get(_limit),
            call.Workplace.Time.GetUtcNow().ToUnixTimeMilliseconds(), PreviewBytes);
        bool explain = call.Get(_explain);
        int count = 0;
        call.Json.WriteStartArray("results");
        foreach (HybridHit hit in hits)
        {
            if (call.LeavesOut(hit.Hit.Memory))
            {
                continue;
            }

            if (!call.TryAppend(json => WriteHit(json, hit, explain)))
            {
                break;
            }

            call.Name(hit.Hit.Memory.Id);
            count++;
        }

        call.Json.WriteEndArray();
        call.Json.WriteNumber("count", count);
        call.Json.WriteBoolean("truncated", count < hits.Count);
    }

    private static void WriteHit(Utf8JsonWriter json, HybridHit hit, bool explain)
    {
        MemoryRecord memory = hit.Hit.Memory;
        json.WriteStartObject();
        json.WriteString("memory_id", memory.Id.ToString());
        json.WriteString("title", memory.Title);
        json.WriteString("snippet", hit.Hit.Snippet);
        json.WriteString("event_time", Instant.Format(memory.EventTimeMs));
        if (memory.Speaker is { } speaker)
        {
            json.WriteString("speaker", speaker);
        }

        if (memory.SupersededBy is { } newer)
        {
            json.WriteString("superseded_by", newer.ToString());
        }

        Memory.Exchange.MemoryJson.WriteSuspicion(json, memory.Title, hit.Hit.Snippet);
        json.WriteNumber("score", hit.Score);
        json.WriteStartObject("channels");
        WriteChannels(json, hit.Parts);
        json.WriteEndObject();
        if (explain)
        {
            json.WriteStartObject("explanation");
            json.WriteStartObject("values");
            WriteChannels(json, hit.Values);
            json.WriteEndObject();
            json.WriteStartObject("weights");
            WriteChannels(json, Channels.Weights);
            json.WriteEndObject();
            json.WriteStartObject("text");
            (hit.Hit.Parts ?? new ScoreParts()).Write(json);
            json.WriteEndObject();
            json.WriteNumber("distance", Coordinates.Rounded(hit.Distance));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteChannels(Utf8JsonWriter json, in Channels channels)
    {
        json.WriteNumber("text", Coordinates.Rounded(channels.Text));
        json.WriteNumber("nearness", Coordinates.Rounded(channels.Nearness));
        json.WriteNumber("recency", Coordinates.Rounded(channels.Recency));
        json.WriteNumber("importance", Coordinates.Rounded(channels.Importance));
        json.WriteNumber("access", Coordinates.Rounded(channels.Access));
    }

    private static void FindDuplicates(Call call)
    {
        double threshold = call.Get(_threshold) ?? UsualThreshold;
        if (threshold == 0)
        {
            throw FailureException.Invalid("threshold is 0; a number above 0 and up to 1 is allowed");
        }

        call.Json.WriteStartArray("pairs");
        foreach (DuplicatePair pair in call.Galaxy.FindDuplicates(threshold, (int)call.Get(_pairLimit)))
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("a", pair.A.ToString());
            call.Json.WriteString("b", pair.B.ToString());
            call.Json.WriteNumber("similarity", Math.Round(pair.Similarity, MostSimilarityDigits));
            call.Json.WriteEndObject();
            call.Name(pair.A);
            call.Name(pair.B);
        }

        call.Json.WriteEndArray();
    }

    private static void ViewHologram(Call call)
    {
        switch (call.Get(_operation))
        {
            case "status":
                WriteStatus(call);
                break;
            case "nearest":
                MemoryId id = call.Get(_around) ?? throw FailureException.Invalid("memory_id is missing; operation nearest needs it");
                MemoryRecord memory = call.Galaxy.Find(id, evenDamaged: true) ?? throw FailureException.NoMemory(id, call.GalaxyName);
                WritePoints(call, memory.Coordinates ?? throw FailureException.Invalid($"memory {id} has no coordinates", "run: wm doctor --fix"), id);
                break;
            default:
                WritePoints(call, PointOf(call), null);
                break;
        }
    }

    // A point of which nothing is said is in the middle, as heavy and as alive as a memory of which nothing is known.
    private static Coordinates PointOf(Call call) =>
        call.Get(_around) is not null
            ? throw FailureException.Invalid("memory_id has no meaning for operation query; use operation nearest, or give x, y, z, w, v")
            : new Coordinates((float)(call.Get(_x) ?? 0), (float)(call.Get(_y) ?? 0), (float)(call.Get(_z) ?? 0), (float)(call.Get(_w) ?? 0.5), (float)(call.Get(_v) ?? 0.5));

    private static void WritePoints(Call call, in Coordinates point, MemoryId? except)
    {
        call.Json.WriteStartArray("points");
        foreach (Neighbour neighbour in call.Galaxy.Nearest(point, (int)call.Get(_limit), call.Get(_radius), except, previewBytes: 0))
        {
            MemoryRecord memory = neighbour.Memory;
            if (!call.TryAppend(json =>
            {
                json.WriteStartObject();
                json.WriteString("memory_id", memory.Id.ToString());
                json.WriteString("title", memory.Title);
                json.WriteNumber("distance", Coordinates.Rounded(neighbour.Distance));
                memory.Coordinates?.WriteMembers(json);
                json.WriteEndObject();
            }))
            {
                break;
            }

            call.Name(memory.Id);
        }

        call.Json.WriteEndArray();
    }

    private static void WriteStatus(Call call)
    {
        HologramFacts facts = call.Galaxy.Hologram();
        call.Json.WriteNumber("placed", facts.Placed);
        if (facts.Indexed is { } indexed)
        {
            call.Json.WriteNumber("indexed", indexed);
        }
        else
        {
            call.Json.WriteNull("indexed");
        }

        call.Json.WriteString("metric", "euclidean");
    }
}
