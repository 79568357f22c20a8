using System;
using System.IO;
using System.Text;
using WhiteMagic.Cli;
using WhiteMagic.Cli.Platform;

// Results are gathered and written at once; diagnostics appear as they come.
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 4096);
using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false), 256) { AutoFlush = true };
return CommandLine.Run(args, new Surroundings
{
    Out = output,
    Error = error,
    OpenInput = Console.OpenStandardInput,
    OpenOutput = Console.OpenStandardOutput,
    Variable = Environment.GetEnvironmentVariable,
    Folder = Environment.CurrentDirectory,
    InputIsTerminal = !Console.IsInputRedirected,
    OutIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    Random = Entropy.Fill,
    ProgramPath = Environment.ProcessPath ?? "wm",
    ForeignDatabases = new NoForeignDatabases(),
});
