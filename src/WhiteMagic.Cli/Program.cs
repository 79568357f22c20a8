using System;
using System.IO;
using System.Text;
using WhiteMagic.Cli;
using WhiteMagic.Cli.Platform;

// Results are gathered and written at once; diagnostics appear as they come.
using var output = new StreamWriter(StandardStream.Output, new UTF8Encoding(false), 4096);
using var error = new StreamWriter(StandardStream.Error, new UTF8Encoding(false), 256) { AutoFlush = true };
return CommandLine.Run(args, new Surroundings
{
    Out = output,
    Error = error,
    OpenInput = () => StandardStream.Input,
    OpenOutput = () => StandardStream.Output,
    Variable = Environment.GetEnvironmentVariable,
    Folder = Environment.CurrentDirectory,
    InputIsTerminal = StandardStream.IsTerminal(0),
    OutIsTerminal = StandardStream.IsTerminal(1),
    ErrorIsTerminal = StandardStream.IsTerminal(2),
    Random = Entropy.Fill,
    ProgramPath = Environment.ProcessPath ?? "wm",
    ForeignDatabases = new NoForeignDatabases(),
});
