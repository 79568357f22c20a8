using System.Collections.Generic;

namespace WhiteMagic.Yaml;

/// <summary>Values in the order of the document.</summary>
public sealed class YamlList : YamlNode
{
    private readonly List<YamlNode> _items = [];

    internal YamlList(string file, Place place)
        : base(file, place)
    {
    }

    public int Count => _items.Count;

    public YamlNode this[int index] => _items[index];

    public override string Describe() => "a list";

    internal void Add(YamlNode item) => _items.Add(item);
}
