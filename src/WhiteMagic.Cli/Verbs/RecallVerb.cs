using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Finds memories by words.</summary>
internal static class RecallVerb
{
    internal static readonly Verb Row = Verb.Define("recall", "finds memories by words, best first",
        [new Operand("QUERY", "any text; capitals, accents and most endings do not matter") { TakesRest = true }],
        [
            Option.Whole("--limit", "N", "at most so many, 1 to 200; 10 when not given", "limit", 1, Limits.ResultCount),
            .. MemoryOptions.Filters,
            Option.Text("--detail", "HOW", "how much of each is shown", "detail", false, "snippet", "full", "ids"),
            Option.Whole("--budget", "TOKENS", "all results together at most so long, 64 to 100000", "token_budget", Limits.MinTokenBudget, Limits.MaxTokenBudget),
            Option.Flag("--explain", "the score of each", "explain"),
        ],
        Run, "", "wm recall release plan", "wm recall \"who decided about billing?\" --tags billing --since 2026-01-01 --json");

    private static int Run(Invocation call) =>
        ToolRun.Run(call, "search_memories", json => json.WriteString("query", call.Operand(0)), (answer, page) => Show(call, answer, page));

    private static void Show(Invocation call, JsonElement answer, TextWriter page)
    {
        foreach (JsonElement hit in answer.GetProperty("results"u8).EnumerateArray())
        {
            MemoryPage.WriteHeading(page, hit, call.Around.OutHasColours);
            string body = MemoryPage.TextOf(hit, "snippet") is { Length: > 0 } snippet ? snippet : MemoryPage.TextOf(hit, "content");
            if (body.Length > 0)
            {
                MemoryPage.WriteBody(page, body);
            }

            if (hit.TryGetProperty("explanation"u8, out JsonElement explanation))
            {
                page.WriteLine("  score " + explanation.GetRawText());
            }

            page.WriteLine();
        }

        long count = answer.GetProperty("count"u8).GetInt64();
        page.WriteLine(count == 0 ? "nothing found" : MemoryPage.Count(count, "memory", "memories") + (answer.GetProperty("truncated"u8).GetBoolean() ? ", cut to fit" : ""));
    }
}
