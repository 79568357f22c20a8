using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Galaxies: listing, making, choosing.</summary>
internal static class GalaxyVerbs
{
    internal static readonly Verb List = Verb.Define("galaxy list", "lists galaxies", [], [],
        call => ToolRun.Run(call, "galaxy_list", null, (answer, page) => Show(call, answer, page)), "", "wm galaxy list");

    internal static readonly Verb Create = Verb.Define("galaxy create", "makes a galaxy",
        [new Operand("NAME", "a to z, 0 to 9, - and _, at most 64 characters") { Refusal = Allowed.Galaxy }],
        [Option.Text("--description", "TEXT", "what it is for", "description")],
        call => ToolRun.Run(call, "galaxy_create", json => json.WriteString("name", call.Operand(0)), (answer, page) =>
            page.WriteLine("made galaxy " + MemoryPage.TextOf(answer, "galaxy"))),
        "", "wm galaxy create work --description \"Everything about the day job\"");

    internal static readonly Verb Switch = Verb.Define("galaxy switch", "sets the active galaxy of processes that start later",
        [new Operand("NAME", "a galaxy that exists") { Refusal = Allowed.Galaxy }], [], RunSwitch,
        "The choice is kept in galaxies.json. A server that is running keeps its own; --galaxy and WM_GALAXY go before it.", "wm galaxy switch work");

    private static int RunSwitch(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        string name = call.Operand(0)!;

        // The call is ruled on and recorded, and fails when there is no such galaxy; then the choice is kept.
        ToolAnswer answer = ToolRun.Ask(bench, "galaxy_switch", json => json.WriteString("name", name), hasConnectionState: true);
        if (!answer.IsError)
        {
            bench.Store.SetActive(name);
        }

        if (call.Json)
        {
            Verdict.WriteJson(call.Around.Out, answer);
        }

        using JsonDocument document = JsonDocument.Parse(answer.Written.ToArray());
        if (answer.IsError)
        {
            return Verdict.Failure(call, document.RootElement);
        }

        if (!call.Json)
        {
            call.Around.Out.WriteLine("active galaxy: " + name);
        }

        return ExitCode.Success;
    }

    private static void Show(Invocation call, JsonElement answer, TextWriter page)
    {
        string active = MemoryPage.TextOf(answer, "active");
        foreach (JsonElement galaxy in answer.GetProperty("galaxies"u8).EnumerateArray())
        {
            string name = MemoryPage.TextOf(galaxy, "name");
            string description = MemoryPage.TextOf(galaxy, "description");
            string state = MemoryPage.TextOf(galaxy, "problem") is { Length: > 0 } problem ? problem
                : galaxy.TryGetProperty("memories"u8, out JsonElement count) ? MemoryPage.Count(count.GetInt64(), "memory", "memories") : "";
            page.WriteLine((name == active ? "* " : "  ") + Paint.Bold(call.Around.OutHasColours, name) + "  " + Printable.Line(state)
                + (description.Length > 0 ? "  " + Printable.Line(description) : ""));
        }
    }
}
