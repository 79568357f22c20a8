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
        if (call.Json)
        {
            WriteJson(call);
        }
        else if (name is null)
        {
            HelpText.WriteAll(call.Around.Out, call.Around.OutHasColours);
        }
        else if (AllVerbs.Find(name) is { } verb)
        {
            HelpText.WriteVerb(call.Around.Out, verb, call.Around.OutHasColours);
        }
        else if (AllVerbs.Of(name).Count > 0)
        {
            HelpText.WriteGroup(call.Around.Out, name, call.Around.OutHasColours);
        }
        else
        {
            throw new UsageException($"there is no verb \"{Printable.OneLine(name)}\"{Suggestion.For(name, AllVerbs.FirstWords)}; allowed: {string.Join(", ", AllVerbs.FirstWords)}", "wm help");
        }

        return ExitCode.Success;
    }

    private static void WriteJson(Invocation call)
    {
        var answer = new ToolAnswer();
        answer.Json.WriteStartObject();
        answer.Json.WriteStartArray("verbs");
        foreach (Verb verb in AllVerbs.Rows)
        {
            answer.Json.WriteStartObject();
            answer.Json.WriteString("name", verb.Name);
            answer.Json.WriteString("summary", verb.Summary);
            answer.Json.WriteString("usage", HelpText.UsageOf(verb));
            answer.Json.WriteStartArray("options");
            foreach (Option option in verb.Options)
            {
                answer.Json.WriteStringValue(option.Name);
            }

            answer.Json.WriteEndArray();
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
    }
}
