using System;
using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Governance;

namespace WhiteMagic.Tools.Defining;

/// <summary>A tool: name, effect, schema, parser and handler in one row.</summary>
public sealed class Tool
{
    private Tool()
    {
    }

    public required string Name { get; init; }

    public required Effect Effect { get; init; }

    /// <summary>What a model needs to know to choose it; every conversation pays for it.</summary>
    public required string Help { get; init; }

    public required IReadOnlyList<Param> Params { get; init; }

    public required Shape Answer { get; init; }

    public required Action<Call> Handler { get; init; }

    /// <summary>Whether <c>--profile core</c> lists it.</summary>
    public bool IsCore { get; init; }

    /// <summary>Whether repeating the same call changes nothing more.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Whether it may overwrite or take away what was there.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>Whether it reads memories back: such calls have a budget that no burst of others uses up.</summary>
    public bool IsRecall { get; init; }

    /// <summary>A flag that turns the call into one that only reads; null when there is none.</summary>
    public FlagParam? DryRun { get; init; }

    /// <summary>Other names by which it may be called; they are not listed.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Declares a tool.</summary>
    public static Tool Define(string name, Effect effect, string help, Param[] parameters, Shape answer, Action<Call> handler,
        bool core = false, bool idempotent = false, bool destructive = false, bool recall = false, FlagParam? dryRun = null, params string[] aliases) =>
        new()
        {
            Name = name,
            Effect = effect,
            Help = help,
            Params = parameters,
            Answer = answer,
            Handler = handler,
            IsCore = core,
            IsIdempotent = idempotent || effect == Effect.Read,
            IsDestructive = destructive || effect == Effect.Delete,
            IsRecall = recall,
            DryRun = dryRun,
            Aliases = aliases,
        };

    /// <summary>Whether the tool has this parameter.</summary>
    internal bool HasParam(Param param)
    {
        foreach (Param own in Params)
        {
            if (ReferenceEquals(own, param))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the tool object of <c>tools/list</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("description", Help);
        json.WriteStartObject("inputSchema");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (Param param in Params)
        {
            json.WritePropertyName(param.Name);
            param.WriteSchema(json);
        }

        json.WriteEndObject();
        WriteRequired(json);

        // additionalProperties:false would cost 600 bytes of every conversation; the parser refuses what is not listed, and names what is.
        json.WriteEndObject();
        json.WritePropertyName("outputSchema");
        Answer.Write(json);
        WriteAnnotations(json);
        json.WriteEndObject();
    }

    private void WriteRequired(Utf8JsonWriter json)
    {
        bool any = false;
        foreach (Param param in Params)
        {
            if (param.IsRequired)
            {
                if (!any)
                {
                    json.WriteStartArray("required");
                    any = true;
                }

                json.WriteStringValue(param.Name);
            }
        }

        if (any)
        {
            json.WriteEndArray();
        }
    }

    // All three, also where they are the protocol's defaults: clients differ in what they take a missing one for.
    private void WriteAnnotations(Utf8JsonWriter json)
    {
        json.WriteStartObject("annotations");
        json.WriteBoolean("readOnlyHint", Effect == Effect.Read);
        json.WriteBoolean("destructiveHint", IsDestructive);
        json.WriteBoolean("idempotentHint", IsIdempotent);
        json.WriteEndObject();
    }
}
