using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Cli;

/// <summary>A folder, an environment and captured output, in which command lines are carried out.</summary>
internal sealed class Shell : IDisposable
{
    private readonly string _top = Path.Combine(Path.GetTempPath(), "wm-cli-test-" + Guid.NewGuid().ToString("N"));

    internal Shell()
    {
        Folder = Path.Combine(_top, "work");
        Directory.CreateDirectory(Folder);
        Variables["HOME"] = Path.Combine(_top, "home");
    }

    internal string Folder { get; set; }

    internal string Top => _top;

    /// <summary>The root that is used when a test names none.</summary>
    internal string Root => Path.Combine(Folder, ".whitemagic");

    internal string Database => Path.Combine(Root, "memory", "whitemagic.db");

    internal Dictionary<string, string> Variables { get; } = [];

    internal byte[] Input { get; set; } = [];

    internal bool IsTerminal { get; set; }

    internal bool ArgumentsAreUtf8 { get; set; } = true;

    /// <summary>Receives what a request to end would call.</summary>
    internal Action<Action> OnEnd { get; set; } = _ => { };

    internal string Out { get; private set; } = "";

    internal string Error { get; private set; } = "";

    /// <summary>The system error that every write to the output meets; null when none does.</summary>
    internal int? OutFailsWith { get; set; }

    internal byte[] ProtocolOutput { get; private set; } = [];

    internal IForeignDatabase ForeignDatabases { get; set; } = new NoDatabases();

    /// <summary>The last output as JSON.</summary>
    internal JsonElement Json
    {
        get
        {
            Assert.Single(Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            using JsonDocument document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Carries out a command line and returns its exit code.</summary>
    internal int Run(params string[] args)
    {
        using TextWriter output = OutFailsWith is { } failure ? new FailingWriter(failure) : new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var protocol = new MemoryStream();
        int code = CommandLine.Run(args, new Surroundings
        {
            Out = output,
            Error = error,
            OpenInput = () => new MemoryStream(Input),
            OpenChannel = () => new StreamChannel(new MemoryStream(Input), protocol),
            Variable = name => Variables.TryGetValue(name, out string? value) ? value : null,
            Folder = Folder,
            InputIsTerminal = IsTerminal,
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Random = bytes => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes),
            ProgramPath = "/opt/wm tools/wm",
            ForeignDatabases = ForeignDatabases,
            ArgumentsAreUtf8 = ArgumentsAreUtf8,
            OnEnd = OnEnd,
        });
        Out = output.ToString()!;
        Error = error.ToString();
        ProtocolOutput = protocol.ToArray();
        return code;
    }

    /// <summary>Carries out a command line that must succeed and returns its output.</summary>
    internal string Ok(params string[] args)
    {
        int code = Run(args);
        Assert.True(code == 0, $"wm {string.Join(' ', args)}: exit code {code}\n{Out}\n{Error}");
        return Out;
    }

    /// <summary>Stores a memory and returns its id.</summary>
    internal string Remember(params string[] args)
    {
        Ok(["remember", .. args, "--json"]);
        return Json.GetProperty("memory_id").GetString()!;
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose() => Directory.Delete(_top, recursive: true);

    private sealed class FailingWriter(int error) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException(null, error);

        public override string ToString() => "";
    }

    private sealed class NoDatabases : IForeignDatabase
    {
        public void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail) => throw FailureException.Invalid("no reader");
    }
}
