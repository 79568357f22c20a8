using System.Collections.Generic;
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
}
