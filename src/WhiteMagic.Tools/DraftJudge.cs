using System;
using System.Buffers;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools;

/// <summary>Has governance rule on each memory of an import as if it were stored alone, with <c>create_memory</c>.</summary>
internal sealed class DraftJudge(Call call)
{
    private const string Tool = "create_memory";

    private readonly ArrayBufferWriter<byte> _arguments = new();

    /// <summary>Gives the draft back, without what a rule took out of it.</summary>
    /// <exception cref="FailureException">A rule refuses it.</exception>
    internal MemoryDraft Judge(MemoryDraft draft)
    {
        _arguments.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_arguments, Wire.JsonOptions))
        {
            DraftJson.Write(json, draft);
        }

        Ruling ruling = call.Governor.RulePart(PartOf(draft, _arguments.WrittenMemory), call.Permit);
        return ruling.Outcome != Outcomes.Ok ? throw new FailureException(ruling.Outcome, ruling.Explanation, ruling.Hint)
            : ruling.Redacted is { } redacted ? DraftJson.Redacted(draft, redacted)
            : draft;
    }

    private Deed PartOf(MemoryDraft draft, ReadOnlyMemory<byte> arguments) => new()
    {
        Tool = Tool,
        Effect = Effect.Write,
        Agent = call.Caller.Agent,
        Session = call.Workplace.Session,
        Galaxy = call.GalaxyName,
        Arguments = arguments,
        FindTargetTags = draft.Supersedes.Count == 0 ? null : () => TargetTags.Of(call.Galaxy, draft.Supersedes),
        StartedAtMs = call.Workplace.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        StartedTimestamp = 0,
    };
}
