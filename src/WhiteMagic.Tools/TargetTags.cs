using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools;

/// <summary>The tags of stored memories that a call names, for rules that protect what is tagged.</summary>
internal static class TargetTags
{
    /// <summary>All tags of these memories, tombstones and damaged ones too; a memory that is not there has none.</summary>
    internal static List<string> Of(IGalaxyStore galaxy, IReadOnlyList<MemoryId> ids)
    {
        var tags = new List<string>();
        foreach (MemoryId id in ids)
        {
            if (galaxy.Find(id, includeDeleted: true, evenDamaged: true) is { } memory)
            {
                tags.AddRange(memory.Tags);
            }
        }

        return tags;
    }

    /// <summary>The memories that arguments name, whatever the tool: <c>memory_id</c>, <c>memory_ids</c>, <c>supersedes</c>.</summary>
    internal static List<MemoryId> NamedIn(JsonElement arguments)
    {
        var ids = new List<MemoryId>();
        foreach (JsonProperty member in arguments.EnumerateObject())
        {
            if (member.Name is "memory_id" or "id")
            {
                Add(ids, member.Value);
            }
            else if (member.Name is "memory_ids" or "ids" or "supersedes" && member.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement id in member.Value.EnumerateArray())
                {
                    Add(ids, id);
                }
            }
        }

        return ids;
    }

    private static void Add(List<MemoryId> ids, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && MemoryId.TryParse(value.GetString()!, out MemoryId id))
        {
            ids.Add(id);
        }
    }
}
