using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Reads a memory with all windows of its content.</summary>
internal static class WholeMemory
{
    /// <summary>Reads it; false, with the failure told, when that is not possible.</summary>
    internal static bool Read(Invocation call, Workbench bench, string id, out JsonElement memory, out string content)
    {
        var text = new StringBuilder();
        memory = default;
        for (long? offset = 0; offset is { } at;)
        {
            ToolAnswer answer = ToolRun.Ask(bench, "read_memory", json =>
            {
                json.WriteString("memory_id", id);
                json.WriteNumber("offset_bytes", at);
            });
            using JsonDocument document = JsonDocument.Parse(answer.Written.ToArray());
            if (answer.IsError)
            {
                content = "";
                Verdict.Failure(call, document.RootElement);
                return false;
            }

            memory = document.RootElement.GetProperty("memory"u8).Clone();
            text.Append(MemoryPage.TextOf(memory, "content"));
            offset = document.RootElement.TryGetProperty("next_offset"u8, out JsonElement next) ? next.GetInt64() : null;
        }

        content = text.ToString();
        return true;
    }
}
