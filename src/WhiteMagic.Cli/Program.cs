using System;
using System.IO;
using System.Text;
using WhiteMagic.Cli;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Sqlite.Legacy;

// Results are gathered and written at once; diagnostics appear as they come. Neither is disposed of: the command line has flushed both, and
// what a reader that went away did not take must not be tried again.
var output = new StreamWriter(StandardFile.Open(StandardFile.Output), new UTF8Encoding(false), 4096);
var error = new StreamWriter(StandardFile.Open(StandardFile.Error), new UTF8Encoding(false), 256) { AutoFlush = true };
return CommandLine.Run(args, new Surroundings
{
    Out = output,
    Error = error,
    OpenInput = () => StandardFile.Open(StandardFile.Input),
    OpenChannel = StandardChannel.Open,
    Variable = Environment.GetEnvironmentVariable,
    Folder = CurrentFolder(),
    InputIsTerminal = StandardFile.IsTerminal(StandardFile.Input),
    OutIsTerminal = StandardFile.IsTerminal(StandardFile.Output),
    ErrorIsTerminal = StandardFile.IsTerminal(StandardFile.Error),
    Random = Entropy.Fill,
    ProgramPath = Environment.ProcessPath ?? "wm",
    ForeignDatabases = new ForeignDatabases(),
    ArgumentsAreUtf8 = GivenArguments.AreUtf8(args),
});

// Empty when somebody has deleted it: only what depends on it fails then.
static string CurrentFolder()
{
    try
    {
        return Environment.CurrentDirectory;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return "";
    }
}
