using System;
using System.Collections.Generic;

namespace WhiteMagic.Memory.Exchange;

/// <summary>
/// Turns "superseded by" into "supersedes": a file says it of the older memory, which usually comes first, and a draft says it of the younger.
/// </summary>
internal sealed class Succession
{
    private readonly Dictionary<string, List<MemoryId>> _replaced = new(StringComparer.Ordinal);

    public void Note(MemoryId successor, MemoryId replaced)
    {
        string key = successor.ToString();
        if (!_replaced.TryGetValue(key, out List<MemoryId>? list))
        {
            _replaced.Add(key, list = []);
        }

        list.Add(replaced);
    }

    /// <summary>The memories that were said to be replaced by this one.</summary>
    public IReadOnlyList<MemoryId> Of(MemoryId successor) =>
        _replaced.Remove(successor.ToString(), out List<MemoryId>? list) ? list : [];
}
