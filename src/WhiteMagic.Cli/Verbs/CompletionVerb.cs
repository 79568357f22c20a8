using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Prints what a shell needs to complete command lines of this program.</summary>
internal static class CompletionVerb
{
    internal static readonly Verb Row = Verb.Define("completion", "prints a completion script for a shell",
        [new Operand("SHELL", "which shell") { Choices = ["bash", "zsh"] }], [], Run, "",
        "eval \"$(wm completion bash)\"      in ~/.bashrc", "eval \"$(wm completion zsh)\"       in ~/.zshrc");

    private static int Run(Invocation call)
    {
        call.Around.Out.Write(CompletionScript.For(call.Operand(0)!));
        return ExitCode.Success;
    }
}
