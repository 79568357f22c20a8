using System;
using System.Collections.Generic;

namespace WhiteMagic.Yaml;

/// <summary>Entries in the order of the document; no key occurs twice.</summary>
public sealed class YamlMap : YamlNode
{
    // Below this many entries a walk is as quick as an index, and most maps of a configuration are small.
    private const int IndexedFrom = 9;

    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, YamlEntry>? _index;

    internal YamlMap(string file, Place place)
        : base(file, place)
    {
    }

    public int Count => _entries.Count;

    public YamlEntry this[int index] => _entries[index];

    /// <summary>The entry with this key, or null.</summary>
    public YamlEntry? Find(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out YamlEntry? found) ? found : null;
        }
        foreach (YamlEntry entry in _entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }
        return null;
    }

    public override string Describe() => "a map";

    // The caller has made sure with Find that the key is not there yet.
    internal void Add(YamlEntry entry)
    {
        _entries.Add(entry);
        if (_index is not null)
        {
            _index.Add(entry.Key, entry);
        }
        else if (_entries.Count == IndexedFrom)
        {
            _index = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
            foreach (YamlEntry each in _entries)
            {
                _index.Add(each.Key, each);
            }
        }
    }
}
