using WhiteMagic.Cli.Defining;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Prints what a shell needs to complete command lines of this program.</summary>
internal static class CompletionVerb
{
    internal static readonly Verb Row = Verb.Define("completion", "prints a completion script for a shell",
        [new Operand("SHELL", "which shell") { Choices = ["bash", "zsh"] }], [], Run, "",
        "eval \"$(wm completion bash)\"      in ~/.bashrc", "eval \"$(wm completion zsh)\"       in ~/.zshrc");

    private static int Run(Invocation call)
    {
        string script = CompletionScript.For(call.Operand(0)!);
        if (!call.Json)
        {
            call.Around.Out.Write(script);
            return ExitCode.Success;
        }

        var answer = new ToolAnswer();
        answer.Json.WriteStartObject();
        answer.Json.WriteString("shell", call.Operand(0));
        answer.Json.WriteString("script", script);
        answer.Json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
        return ExitCode.Success;
    }
}
