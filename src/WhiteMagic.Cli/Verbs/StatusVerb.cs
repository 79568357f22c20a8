using System.Globalization;
using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Which root is in use, and what is in it.</summary>
internal static class StatusVerb
{
    private const int NameChars = 13;

    private static readonly Option _watch = Option.Flag("--watch", "draw health, counts and the last calls again and again, until Ctrl+C");
    private static readonly Option _interval = Option.Whole("--interval", "SECONDS", "how often (2)", null, 1, 3600);
    private static readonly Option _frames = Option.Whole("--frames", "COUNT", "draw so many times", null, 1, int.MaxValue);

    internal static readonly Verb Row = Verb.Define("status", "which root and galaxy are in use, and what they hold", [], [_watch, _interval, _frames], Run,
        "Everything is counted or measured when you ask. wm doctor checks that it is also right.\n"
        + "--watch shows the calls of all processes on this root; docs/health.md says what the figures mean.", "wm status", "wm status --json", "wm status --watch --frames 1");

    private static int Run(Invocation call)
    {
        bool isWatch = call.Has(_watch);
        if (!isWatch && (call.Has(_interval) || call.Has(_frames)))
        {
            throw call.Wrong("--interval and --frames belong to --watch");
        }

        using Workbench bench = Workbench.Open(call, readOnly: isWatch);
        string galaxy = bench.Workplace.Galaxies.Active;
        if (isWatch)
        {
            return new Watch(call, bench, galaxy).Run(int.Parse(call.Get(_interval) ?? "2", CultureInfo.InvariantCulture), long.Parse(call.Get(_frames) ?? "9223372036854775807", CultureInfo.InvariantCulture));
        }

        call.Around.Error.WriteLine(Printable.Line($"wm {BuildFacts.Version} uses {bench.Root.Path} ({bench.Root.Origin}), galaxy {galaxy}"));

        // Looking must not make a store.
        return bench.HasDatabase(galaxy) || galaxy != GalaxyName.Default ? RunStored(call, bench, galaxy) : RunEmpty(call, bench, galaxy);
    }

    private static int RunStored(Invocation call, Workbench bench, string galaxy)
    {
        ToolAnswer answer = ToolRun.Ask(bench, "health_report", json => json.WriteString("galaxy", galaxy));
        using JsonDocument document = JsonDocument.Parse(answer.Written.ToArray());
        JsonElement report = document.RootElement;
        if (answer.IsError)
        {
            if (call.Json)
            {
                Verdict.WriteJson(call.Around.Out, answer);
            }

            return Verdict.Failure(call, report);
        }

        JsonElement storage = report.GetProperty("storage"u8);
        if (call.Json)
        {
            WriteJson(call, bench, galaxy, storage, report.GetProperty("alerts"u8));
            return ExitCode.Success;
        }

        TextWriter page = call.Around.Out;
        WriteHead(page, bench, galaxy);
        if (storage.TryGetProperty("memories"u8, out JsonElement memories))
        {
            WriteLine(page, "memories", memories.GetRawText() + ", " + storage.GetProperty("deleted"u8).GetRawText() + " deleted");
            WriteLine(page, "ledger", MemoryPage.Count(storage.GetProperty("ledger_entries"u8).GetInt64(), "entry", "entries"));
            WriteLine(page, "database", MemoryPage.Size(storage.GetProperty("database_bytes"u8).GetInt64()) + ", log " + MemoryPage.Size(storage.GetProperty("log_bytes"u8).GetInt64()));
            WriteLine(page, "schema", storage.GetProperty("schema_version"u8).GetRawText());
        }
        else
        {
            WriteLine(page, "memories", "the store cannot be used; see below");
        }

        WriteTail(page, bench);
        foreach (JsonElement alert in report.GetProperty("alerts"u8).EnumerateArray())
        {
            WriteLine(page, "attention", Printable.Line(alert.GetString()!));
        }

        return ExitCode.Success;
    }

    private static int RunEmpty(Invocation call, Workbench bench, string galaxy)
    {
        if (call.Json)
        {
            WriteJson(call, bench, galaxy, default, default);
        }
        else
        {
            WriteHead(call.Around.Out, bench, galaxy);
            WriteLine(call.Around.Out, "memories", "none yet; wm init or wm remember makes the store");
            WriteTail(call.Around.Out, bench);
        }

        return ExitCode.Success;
    }

    private static void WriteHead(TextWriter page, Workbench bench, string galaxy)
    {
        WriteLine(page, "version", BuildFacts.Version + " (" + BuildFacts.Platform + ")");
        WriteLine(page, "state root", bench.Root.Path + " (" + bench.Root.Origin + ")");
        WriteLine(page, "galaxy", galaxy);
    }

    private static void WriteTail(TextWriter page, Workbench bench)
    {
        WriteLine(page, "durability", bench.Workplace.Facts.Durability);
        WriteLine(page, "free space", DiskSpace.FreeBytes(ExistingFolder(bench.Root.Path)) is { } free ? MemoryPage.Size(free) : "not known");
        foreach (GalaxyInfo galaxy in bench.Workplace.Galaxies.List())
        {
            WriteLine(page, "has galaxy", galaxy.Name + ": " + (galaxy.Problem is { } problem ? Printable.Line(problem) : MemoryPage.Count(galaxy.MemoryCount ?? 0, "memory", "memories")));
        }
    }

    private static void WriteJson(Invocation call, Workbench bench, string galaxy, JsonElement storage, JsonElement alerts)
    {
        var answer = new ToolAnswer();
        Utf8JsonWriter json = answer.Json;
        json.WriteStartObject();
        json.WriteString("version", BuildFacts.Version);
        json.WriteString("platform", BuildFacts.Platform);
        json.WriteString("state_root", bench.Root.Path);
        json.WriteString("origin", bench.Root.Origin);
        json.WriteString("galaxy", galaxy);
        json.WriteBoolean("exists", storage.ValueKind != JsonValueKind.Undefined);
        if (storage.ValueKind != JsonValueKind.Undefined)
        {
            json.WritePropertyName("storage");
            storage.WriteTo(json);
            json.WritePropertyName("alerts");
            alerts.WriteTo(json);
        }

        json.WriteStartArray("galaxies");
        foreach (GalaxyInfo info in bench.Workplace.Galaxies.List())
        {
            json.WriteStartObject();
            json.WriteString("name", info.Name);
            if (info.Problem is { } problem)
            {
                json.WriteString("problem", problem);
            }
            else
            {
                json.WriteNumber("memories", info.MemoryCount ?? 0);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("configuration_problem", bench.Configuration.Problem);
        json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
    }

    private static void WriteLine(TextWriter page, string name, string text) => page.WriteLine(name.PadRight(NameChars) + text);

    private static string ExistingFolder(string folder)
    {
        string at = folder;
        while (!Directory.Exists(at) && Path.GetDirectoryName(at) is { } above)
        {
            at = above;
        }

        return at;
    }
}
