using System.Collections.Generic;
using WhiteMagic.Tools.Defining;
using WhiteMagic.Tools.Families;

namespace WhiteMagic.Tools;

/// <summary>All tools of a profile, in the order in which they are listed.</summary>
public sealed class Catalog
{
    private readonly List<Tool> _tools = [];
    private readonly Dictionary<string, Tool> _byName = [];

    /// <param name="coreOnly">Whether only the tools of the profile core are offered.</param>
    public Catalog(bool coreOnly)
    {
        foreach (Tool[] family in (Tool[][])[Remembering.Tools, Recalling.Tools, Nearness.Tools, Packing.Tools, Exchanging.Tools, Galaxies.Tools, Policies.Tools, Ledgers.Tools, Vitality.Tools, Introspection.Tools])
        {
            foreach (Tool tool in family)
            {
                if (tool.IsCore || !coreOnly)
                {
                    Add(tool);
                }
            }
        }
    }

    /// <summary>The listed tools.</summary>
    public IReadOnlyList<Tool> Tools => _tools;

    /// <summary>Finds a tool by its name, an alias, or its name spelt with dots; null when there is none.</summary>
    public Tool? Find(string name) =>
        _byName.TryGetValue(name, out Tool? tool) || _byName.TryGetValue(name.Replace('.', '_'), out tool) ? tool : null;

    private void Add(Tool tool)
    {
        _tools.Add(tool);
        _byName.Add(tool.Name, tool);
        foreach (string alias in tool.Aliases)
        {
            _byName.Add(alias, tool);
        }
    }
}
