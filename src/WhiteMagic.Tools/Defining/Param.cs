using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools.Defining;

/// <summary>One parameter of a tool: its schema and its parser in one place, so that they cannot disagree.</summary>
public abstract class Param(string name)
{
    /// <summary>Its name in the arguments.</summary>
    public string Name { get; } = name;

    /// <summary>A second name that is accepted but not listed; null when there is none.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether a call must give it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Writes the schema of the value: an object.</summary>
    public abstract void WriteSchema(Utf8JsonWriter json);

    /// <summary>Returns the value that a call gave.</summary>
    /// <exception cref="FailureException">It is not allowed; the message names the argument, what was wrong and what is allowed.</exception>
    internal abstract object? Parse(JsonElement value);
}

/// <summary>A parameter whose values are of type <typeparamref name="T"/>; absent, it has the default.</summary>
public abstract class Param<T>(string name, T absent) : Param(name)
{
    /// <summary>The value when a call does not give one.</summary>
    public T Absent { get; } = absent;
}
