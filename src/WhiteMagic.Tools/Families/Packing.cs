using System.Collections.Generic;
using System.Globalization;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Memories packed into one text for a model, within a token budget.</summary>
internal static class Packing
{
    // A memory takes at least about this much of a budget, so more hits cannot be used.
    private const int TokensPerHit = 30;

    // A pack takes at most 20 characters for a token of its budget, of at most 3 bytes each.
    private const int BytesPerToken = 64;

    private const int SectionCount = 5;
    private const int RecentCount = 10;

    private static readonly TextParam _query = new("query") { IsRequired = true };
    private static readonly IntegerParam _packBudget = new("token_budget", 2000, Limits.MinTokenBudget, Limits.MaxTokenBudget);
    private static readonly IntegerParam _startBudget = new("token_budget", 1000, Limits.MinTokenBudget, Limits.MaxTokenBudget);

    private static readonly Shape _pack = Shape.Object(("text", Shape.Text), ("memory_ids", Shape.Texts), ("tokens", Shape.Integer), ("truncated", Shape.Flag), Common.Damaged);

    internal static readonly Tool[] Tools =
    [
        Tool.Define("context_pack", Effect.Read, "Memories on a topic, quoted, within a token budget.",
            [_query, _packBudget, Common.SessionId, Common.Galaxy], _pack, ContextPack, core: true, recall: true),

        Tool.Define("session_bootstrap", Effect.Read, "Call first: decisions, preferences, open and recent items.",
            [_startBudget, Common.Galaxy], _pack, SessionBootstrap, core: true, recall: true),
    ];

    private static void ContextPack(Call call)
    {
        int budget = (int)call.Get(_packBudget);
        var filter = new MemoryFilter { SessionId = call.Get(Common.SessionId) };
        var pack = new Pack(budget);
        int limit = int.Clamp(budget / TokensPerHit, 5, Limits.ResultCount);
        foreach (SearchHit hit in PackOrder.Of(call.Galaxy.Search(call.Get(_query)!, filter, limit, budget * BytesPerToken)))
        {
            if (!call.LeavesOut(hit.Memory))
            {
                pack.Add(hit.Memory, hit.Snippet);
            }
        }

        Write(call, pack);
    }

    private static void SessionBootstrap(Call call)
    {
        int budget = (int)call.Get(_startBudget);
        var pack = new Pack(budget);
        GalaxyFacts facts = call.Galaxy.Facts();
        pack.AddLine(string.Create(CultureInfo.InvariantCulture, $"Galaxy {call.GalaxyName}: {facts.Live} memories, {facts.Deleted} deleted, {facts.LedgerEntries} ledger entries."));
        foreach (string alert in Health.AlertsOf(call, call.Galaxy, facts))
        {
            pack.AddLine("Attention: " + alert);
        }

        AddSection(call, pack, budget, "Decisions", new MemoryFilter { Type = MemoryType.Decision }, SectionCount);
        AddSection(call, pack, budget, "Preferences", new MemoryFilter { Type = MemoryType.Preference }, SectionCount);
        AddSection(call, pack, budget, "Open (tag todo)", new MemoryFilter { Tags = ["todo"] }, SectionCount);
        AddSection(call, pack, budget, "Recent", new MemoryFilter(), RecentCount);
        Write(call, pack);
    }

    private static void AddSection(Call call, Pack pack, int budget, string heading, MemoryFilter filter, int count)
    {
        // Those that another replaced are history, not where a session begins.
        var memories = new List<MemoryRecord>();
        foreach (MemoryRecord memory in call.Galaxy.List(filter, count * 2, null, budget * BytesPerToken).Memories)
        {
            if (memory.SupersededBy is null && memories.Count < count)
            {
                memories.Add(memory);
            }
        }

        if (memories.Count == 0 || !pack.AddLine(heading + ":"))
        {
            return;
        }

        foreach (MemoryRecord memory in memories)
        {
            if (!call.LeavesOut(memory))
            {
                pack.Add(memory);
            }
        }
    }

    private static void Write(Call call, Pack pack)
    {
        call.Json.WriteString("text", pack.Text);
        Common.WriteIds(call.Json, "memory_ids", pack.Ids);
        call.Json.WriteNumber("tokens", pack.Tokens);
        call.Json.WriteBoolean("truncated", pack.IsTruncated);
        foreach (MemoryId id in pack.Ids)
        {
            call.Name(id);
        }
    }
}
