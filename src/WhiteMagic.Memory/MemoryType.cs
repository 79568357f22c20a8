using System;

namespace WhiteMagic.Memory;

/// <summary>What kind of thing is remembered. The numbers are persisted and never change.</summary>
public enum MemoryType
{
    Note = 1,
    Fact = 2,
    Decision = 3,
    Event = 4,
    Procedure = 5,
    Preference = 6,
    Conversation = 7,
}

/// <summary>The names of the memory types on the wire.</summary>
public static class MemoryTypes
{
    private static readonly string[] _names = ["note", "fact", "decision", "event", "procedure", "preference", "conversation"];

    /// <summary>All names, in the order of the enum.</summary>
    public static ReadOnlySpan<string> Names => _names;

    /// <summary>The name of a type.</summary>
    public static string NameOf(MemoryType type) => _names[(int)type - 1];

    /// <summary>Finds the type with this name; names are lower case.</summary>
    public static bool TryParse(string name, out MemoryType type)
    {
        int index = Array.IndexOf(_names, name);
        type = (MemoryType)(index + 1);
        return index >= 0;
    }
}
