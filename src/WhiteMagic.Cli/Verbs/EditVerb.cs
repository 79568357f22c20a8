using System;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Changes a memory, by options or in an editor.</summary>
internal static class EditVerb
{
    private static readonly Option _content = Option.Text("--content", "TEXT", "the new text; - reads it from stdin");

    internal static readonly Verb Row = Verb.Define("edit", "changes a memory, by options or in your editor",
        [MemoryOptions.Id],
        [
            _content, MemoryOptions.Title, MemoryOptions.Tags, MemoryOptions.Type, MemoryOptions.Importance, MemoryOptions.At, MemoryOptions.Session, MemoryOptions.Speaker,
            MemoryOptions.Source, MemoryOptions.Metadata, MemoryOptions.Supersedes, Option.Whole("--expected-version", "N", "fail when the stored version is another", "expected_version", 1, long.MaxValue),
        ],
        Run, "With no option it opens the text in $VISUAL or $EDITOR, on a terminal. An empty value clears a field: --title \"\". --tags replaces all tags.",
        "wm edit 019ab3c0-5000-7000-8000-000000000001", "wm edit 019ab3c0-5000-7000-8000-000000000001 --tags billing,done --importance 0.8");

    private static int Run(Invocation call)
    {
        string? content = call.Get(_content);
        if (content is null && !HasField(call))
        {
            return call.Around.InputIsTerminal && call.Around.OutIsTerminal && !call.Json
                ? RunEditor(call)
                : throw call.Wrong("edit needs an option that says what changes, or a terminal to open an editor in");
        }

        string? text = content == "-" ? StandardInput.ReadAll(call.Around) : content;
        using Workbench bench = Workbench.Open(call);
        return Update(call, bench, json =>
        {
            if (text is not null)
            {
                json.WriteString("content", text);
            }
        });
    }

    private static bool HasField(Invocation call)
    {
        foreach (GivenOption given in call.Given)
        {
            if (given.Option.Argument is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static int Update(Invocation call, Workbench bench, Action<Utf8JsonWriter> write) =>
        ToolRun.Run(call, bench, "update_memory", json =>
        {
            json.WriteString("memory_id", call.Operand(0));
            write(json);
        }, (answer, page) => page.WriteLine("updated " + MemoryPage.TextOf(answer, "memory_id") + ", version " + answer.GetProperty("version"u8).GetRawText()));

    private static int RunEditor(Invocation call)
    {
        string editor = call.Around.Variable("VISUAL") is { Length: > 0 } visual ? visual
            : call.Around.Variable("EDITOR") is { Length: > 0 } named ? named
            : throw call.Wrong("neither VISUAL nor EDITOR names an editor; set one, or give the change as an option");
        using Workbench bench = Workbench.Open(call);
        if (!WholeMemory.Read(call, bench, call.Operand(0)!, out JsonElement memory, out string content))
        {
            return ExitCode.Failed;
        }

        string path = WriteDraft(call, content);
        int code = Open(editor, path);
        string edited = code == 0 ? Encoding.UTF8.GetString(File.ReadAllBytes(path)) : content;

        // Editors end a file with a line break that the memory did not have.
        if (!content.EndsWith('\n') && edited.EndsWith('\n'))
        {
            edited = edited[..^1];
        }

        if (edited == content)
        {
            File.Delete(path);
            call.Around.Out.WriteLine(code == 0 ? "nothing was changed" : "the editor failed; nothing was changed");
            return code == 0 ? ExitCode.Success : ExitCode.Failed;
        }

        long version = memory.GetProperty("version"u8).GetInt64();
        int result = Update(call, bench, json =>
        {
            json.WriteString("content", edited);
            json.WriteNumber("expected_version", version);
        });
        if (result == ExitCode.Success)
        {
            File.Delete(path);
        }
        else
        {
            call.Around.Error.WriteLine("    your text is kept in " + path);
        }

        return result;
    }

    private static string WriteDraft(Invocation call, string content)
    {
        Span<byte> random = stackalloc byte[8];
        call.Around.Random(random);
        string path = Path.Combine(Path.GetTempPath(), "wm-edit-" + Convert.ToHexStringLower(random) + ".md");
        try
        {
            // For its user alone from the first moment.
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, how);
            file.Write(Encoding.UTF8.GetBytes(content));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("writing", path, e);
        }
    }

    // The variable may hold arguments too, which the shell takes apart.
    private static int Open(string editor, string path)
    {
        using ChildProcess child = ChildProcess.Start(["sh", "-c", editor + " \"$1\"", "sh", path], withPipes: false);
        return child.Wait();
    }
}
