using System;
using System.Collections.Generic;
using System.Globalization;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Reading, listing and searching memories.</summary>
internal static class Recalling
{
    private const int ListedChars = 200;

    // A member's name with its quotes, colon and comma, in the usual vocabularies.
    private const int MemberTokens = 3;

    // Enough for the listed characters, whatever they are.
    private const int PreviewBytes = 4 * (ListedChars + 1);

    private static readonly IntegerParam _offset = new("offset_bytes", 0, 0, int.MaxValue);
    private static readonly IntegerParam _maxBytes = new("max_bytes", Limits.WindowBytes, ContentWindow.LeastBytes, Limits.WindowBytes);
    private static readonly IdsParam _ids = new("memory_ids", Limits.BatchCount) { IsRequired = true, Alias = "ids" };
    private static readonly IntegerParam _listLimit = new("limit", 20, 1, Limits.ResultCount);
    private static readonly IntegerParam _searchLimit = new("limit", 10, 1, Limits.ResultCount);
    private static readonly TextParam _cursor = new("cursor");
    private static readonly TextParam _query = new("query") { IsRequired = true };
    private static readonly ChoiceParam _detail = new("detail", "snippet", "snippet", "full", "ids");
    private static readonly OptionalIntegerParam _tokenBudget = new("token_budget", Limits.MinTokenBudget, Limits.MaxTokenBudget);
    private static readonly FlagParam _explain = new("explain");

    internal static readonly Tool[] Tools =
    [
        Tool.Define("read_memory", Effect.Read, "Read one memory; long content comes in windows.",
            [Common.MemoryId, _offset, _maxBytes, Common.Galaxy],
            Shape.Object(("memory", Common.MemoryWith("content")), ("content_bytes", Shape.Integer), Member.Maybe("next_offset", Shape.Integer)),
            Read, core: true, recall: true, aliases: "fast_read_memory"),

        Tool.Define("batch_read_memories", Effect.Read, "Read up to 100 memories.",
            [_ids, Common.Galaxy],
            Shape.Object(("memories", Shape.List(Shape.Open)), ("missing", Shape.Texts), ("truncated", Shape.Flag), ("remaining_ids", Shape.Texts), Common.Damaged), BatchRead, recall: true),

        Tool.Define("list_memories", Effect.Read, "List memories, newest first; all tags must hold.",
            [_listLimit, _cursor, Common.Tags, Common.Type, Common.SessionId, Common.Speaker, Common.Since, Common.Until, Common.IncludeDeleted, Common.Galaxy],
            Shape.Object(("memories", Shape.List(Common.MemoryWith("snippet"))), Member.Maybe("next_cursor", Shape.Text), Common.Damaged), List, recall: true),

        Tool.Define("search_memories", Effect.Read, "Find memories by any text, best first.",
            [_query, _searchLimit, Common.Tags, Common.Type, Common.SessionId, Common.Speaker, Common.Since, Common.Until, _detail, _tokenBudget, _explain, Common.Galaxy],
            Shape.Object(("results", Shape.List(Common.Found)), ("count", Shape.Integer), ("truncated", Shape.Flag), Common.Damaged), Search,
            core: true, recall: true, aliases: "recall"),
    ];

    private static void Read(Call call)
    {
        MemoryId id = call.Get(Common.MemoryId)!.Value;
        MemoryRecord memory = call.Galaxy.Find(id) ?? throw FailureException.NoMemory(id, call.GalaxyName);
        ContentWindow window = ContentWindow.Of(memory.Content, call.Get(_offset), call.Get(_maxBytes));
        call.Touch(id);
        call.Json.WritePropertyName("memory");
        MemoryJson.WriteWindow(call.Json, memory, window, call.Galaxy.History(id));
        call.Json.WriteNumber("content_bytes", window.TotalBytes);
        if (window.NextOffset is { } next)
        {
            call.Json.WriteNumber("next_offset", next);
        }
    }

    private static void BatchRead(Call call)
    {
        IReadOnlyList<MemoryId> ids = call.Get(_ids)!;
        var missing = new List<MemoryId>();
        int done = 0;
        call.Json.WriteStartArray("memories");
        for (; done < ids.Count; done++)
        {
            if (call.Galaxy.Find(ids[done], evenDamaged: true) is not { } memory)
            {
                missing.Add(ids[done]);
                continue;
            }

            if (call.LeavesOut(memory))
            {
                continue;
            }

            ContentWindow window = ContentWindow.Of(memory.Content, 0, Limits.WindowBytes);
            if (!call.TryAppend(json =>
            {
                json.WriteStartObject();
                MemoryJson.WriteMembers(json, memory);
                MemoryJson.WriteSuspicion(json, memory.Title, window.Text);
                json.WriteString("content", window.Text);
                if (window.NextOffset is { } next)
                {
                    json.WriteNumber("content_bytes", window.TotalBytes);
                    json.WriteNumber("next_offset", next);
                }

                json.WriteEndObject();
            }))
            {
                break;
            }

            call.Touch(ids[done]);
        }

        call.Json.WriteEndArray();
        Common.WriteIds(call.Json, "missing", missing);
        call.Json.WriteBoolean("truncated", done < ids.Count);
        Common.WriteIds(call.Json, "remaining_ids", ids, done);
    }

    private static void List(Call call)
    {
        MemoryFilter filter = Common.FilterOf(call);
        string? cursor = call.Get(_cursor);
        ListPage page = call.Galaxy.List(filter, (int)call.Get(_listLimit), cursor, PreviewBytes);
        int count = 0;
        call.Json.WriteStartArray("memories");
        foreach (MemoryRecord memory in page.Memories)
        {
            if (call.LeavesOut(memory))
            {
                count++;
                continue;
            }

            if (!call.TryAppend(json => MemoryJson.WriteSnippet(json, memory, Start(memory.Content))))
            {
                break;
            }

            call.Name(memory.Id);
            count++;
        }

        call.Json.WriteEndArray();

        // Titles, tags and metadata can fill a line: the page ends before, and the next one begins there.
        string? nextCursor = count < page.Memories.Count ? call.Galaxy.List(filter, count, cursor, PreviewBytes).NextCursor : page.NextCursor;
        if (nextCursor is { } next)
        {
            call.Json.WriteString("next_cursor", next);
        }
    }

    private static void Search(Call call)
    {
        string detail = call.Get(_detail)!;
        IReadOnlyList<SearchHit> hits = call.Galaxy.Search(call.Get(_query)!, Common.FilterOf(call), (int)call.Get(_searchLimit),
            detail == "full" ? Limits.WindowBytes + 1 : PreviewBytes);
        bool explain = call.Get(_explain);
        long? budget = call.Get(_tokenBudget);
        int tokens = 0;
        int count = 0;
        bool truncated = false;
        call.Json.WriteStartArray("results");
        foreach (SearchHit hit in hits)
        {
            if (call.LeavesOut(hit.Memory))
            {
                continue;
            }

            string title = detail == "ids" ? "" : hit.Memory.Title;
            string text = detail switch
            {
                "full" => ContentWindow.Of(hit.Memory.Content, 0, Limits.WindowBytes).Text,
                "snippet" => hit.Snippet,
                _ => "",
            };
            truncated |= detail == "full" && (hit.Memory.IsPreview || text.Length < hit.Memory.Content.Length);
            bool isCut = false;
            if (budget is { } most)
            {
                int left = (int)most - tokens;
                int further = detail == "ids" ? 0 : FurtherTokens(hit.Memory);
                int members = further == 0 ? 0 : 2 * MemberTokens;
                int bare = members + BareTokens(hit, explain);
                int cost = bare + further + TokenEstimate.Of(title) + TokenEstimate.Of(text);
                if (cost > left)
                {
                    truncated = true;
                    if (count > 0)
                    {
                        break;
                    }

                    // The best hit is cut to fit, never dropped: its explanation and its further fields go before its text does.
                    explain = false;
                    bare = members + BareTokens(hit, explain: false);
                    isCut = further > (left - bare) / 2;
                    cost = bare + (isCut ? 0 : further);
                    title = title[..TokenEstimate.CharsWithin(title, Math.Max(0, left - cost) / 2)];
                    cost += TokenEstimate.Of(title);
                    text = text[..TokenEstimate.CharsWithin(text, Math.Max(0, left - cost))];
                    cost += TokenEstimate.Of(text);
                }

                tokens += cost;
            }

            if (!call.TryAppend(json => WriteHit(json, hit, detail, title, text, explain, isCut)))
            {
                truncated = true;
                break;
            }

            call.Name(hit.Memory.Id);
            count++;
        }

        call.Json.WriteEndArray();
        call.Json.WriteNumber("count", count);
        call.Json.WriteBoolean("truncated", truncated);
    }

    // Id, score, what explains it and what replaced it: what every result carries.
    private static int BareTokens(SearchHit hit, bool explain)
    {
        int score = MemberTokensOf(Math.Round(hit.Score, 6).ToString(CultureInfo.InvariantCulture));
        return MemberTokensOf(hit.Memory.Id.ToString()) + MemberTokensOf(hit.Memory.SupersededBy?.ToString()) + score + (explain ? MemberTokens + (ScoreParts.Count * score) : 0);
    }

    private static int FurtherTokens(MemoryRecord memory)
    {
        int tokens = (2 * MemberTokens) + TokenEstimate.Of(Instant.Format(memory.EventTimeMs));
        foreach (string tag in memory.Tags)
        {
            tokens += 1 + TokenEstimate.Of(tag);
        }

        return tokens + MemberTokensOf(memory.SessionId) + MemberTokensOf(memory.Speaker);
    }

    private static int MemberTokensOf(string? value) => value is null ? 0 : MemberTokens + TokenEstimate.Of(value);

    private static void WriteHit(System.Text.Json.Utf8JsonWriter json, SearchHit hit, string detail, string title, string text, bool explain, bool isCut)
    {
        MemoryRecord memory = hit.Memory;
        json.WriteStartObject();
        json.WriteString("memory_id", memory.Id.ToString());
        if (detail != "ids")
        {
            json.WriteString("title", title);
            json.WriteString(detail == "full" ? "content" : "snippet", text);
        }

        if (detail != "ids" && !isCut)
        {
            json.WriteStartArray("tags");
            foreach (string tag in memory.Tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
            json.WriteString("event_time", Instant.Format(memory.EventTimeMs));
            WriteOptional(json, "session_id", memory.SessionId);
            WriteOptional(json, "speaker", memory.Speaker);
        }

        json.WriteNumber("score", Math.Round(hit.Score, 6));
        WriteOptional(json, "superseded_by", memory.SupersededBy?.ToString());
        MemoryJson.WriteSuspicion(json, title, text);
        if (explain)
        {
            json.WriteStartObject("explanation");
            (hit.Parts ?? new ScoreParts()).Write(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(System.Text.Json.Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Start(string content)
    {
        if (content.Length <= ListedChars)
        {
            return content;
        }

        int cut = char.IsHighSurrogate(content[ListedChars - 1]) ? ListedChars - 1 : ListedChars;
        return string.Concat(content.AsSpan(0, cut), "…");
    }
}
