using System.Collections.Generic;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Gives every struct, function and global of a module a name of its own.</summary>
internal sealed class NameTable
{
    private readonly HashSet<string> _taken = [];

    internal string Unique(string prefix, string text)
    {
        string stem = prefix + TypeNames.ToIdentifier(text);
        string name = stem;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = $"{stem}_{i}";
        }

        return name;
    }
}
