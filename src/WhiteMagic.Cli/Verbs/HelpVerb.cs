using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Explains the program or one verb.</summary>
internal static class HelpVerb
{
    internal static readonly Verb Row = Verb.Define("help", "explains the program, or one verb",
        [new Operand("VERB", "the verb to explain") { IsRequired = false, TakesRest = true }], [], Run, "",
        "wm help recall", "wm recall --help");

    private static int Run(Invocation call)
    {
        string? name = call.Operand(0);
        IReadOnlyList<Verb> verbs = name is null ? AllVerbs.Rows : Named(name);
        if (call.Json)
        {
            WriteJson(call, verbs);
        }
        else if (name is null)
        {
            HelpText.WriteAll(call.Around.Out, call.Around.OutHasColours);
        }
        else if (verbs.Count == 1)
        {
            HelpText.WriteVerb(call.Around.Out, verbs[0], call.Around.OutHasColours);
        }
        else
        {
            HelpText.WriteGroup(call.Around.Out, name, call.Around.OutHasColours);
        }

        return ExitCode.Success;
    }

    // One verb, or those of a group.
    private static List<Verb> Named(string name)
    {
        var verbs = new List<Verb>();
        foreach (Verb verb in AllVerbs.Rows)
        {
            if (verb.Name == name || verb.Group == name)
            {
                verbs.Add(verb);
            }
        }

        return verbs.Count > 0
            ? verbs
            : throw new UsageException($"there is no verb \"{Printable.OneLine(name)}\"{Suggestion.For(name, AllVerbs.FirstWords)}; allowed: {string.Join(", ", AllVerbs.FirstWords)}", "wm help");
    }

    private static void WriteJson(Invocation call, IReadOnlyList<Verb> verbs)
    {
        var answer = new ToolAnswer();
        Utf8JsonWriter json = answer.Json;
        json.WriteStartObject();
        json.WriteStartArray("verbs");
        foreach (Verb verb in verbs)
        {
            json.WriteStartObject();
            json.WriteString("name", verb.Name);
            json.WriteString("summary", verb.Summary);
            json.WriteString("usage", HelpText.UsageOf(verb));
            json.WriteStartArray("operands");
            foreach (Operand operand in verb.Operands)
            {
                WriteRow(json, operand.Name, "", operand.Help, operand.Choices);
            }

            json.WriteEndArray();
            json.WriteStartArray("options");
            foreach (Option option in verb.Options)
            {
                WriteRow(json, option.Name, option.ValueName, option.Help, option.Choices);
            }

            json.WriteEndArray();
            json.WriteString("details", verb.Details);
            WriteTexts(json, "examples", verb.Examples);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
    }

    private static void WriteRow(Utf8JsonWriter json, string name, string value, string help, IReadOnlyList<string> choices)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteString("help", help);
        WriteTexts(json, "choices", choices);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
