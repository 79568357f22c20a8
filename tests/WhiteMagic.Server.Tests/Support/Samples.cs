using System.Linq;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>Arguments with which a tool can be called: the least that it demands.</summary>
internal static class Samples
{
    public const string Id = "0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b";

    public static string ArgumentsOf(Tool tool, string id = Id) => tool.Name switch
    {
        "import_memories" => """{"data":"x"}""",
        "update_memory" => $$"""{"memory_id":"{{id}}","title":"x"}""",
        "karmic_trace" => $$"""{"memory_id":"{{id}}"}""",
        _ => "{" + string.Join(',', tool.Params.Where(p => p.IsRequired).Select(p => $"\"{p.Name}\":" + p.Name switch
        {
            "memory_id" => $"\"{id}\"",
            "memory_ids" => $"[\"{id}\"]",
            "operation" => "\"status\"",
            "path" => "\"/nowhere/x.jsonl\"",
            "name" or "profile" => "\"default\"",
            "tool" => "\"gnosis\"",
            _ => "\"x\"",
        })) + "}",
    };
}
