using System;
using System.IO;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Governance;
using WhiteMagic.Mcp;
using WhiteMagic.Sqlite;
using WhiteMagic.Tools;
using WhiteMagic.Tools.Defining;

string root = Environment.GetEnvironmentVariable("WM_STATE_ROOT") ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".whitemagic");
using var galaxies = new SqliteGalaxies(new StoreOptions { Root = root, Random = Entropy.Fill });
var workplace = new Workplace
{
    Galaxies = galaxies,
    Time = TimeProvider.System,
    ForeignDatabases = new NoDatabases(),
    Facts = new ProgramFacts("0.1.0", "linux-x64", "", false, "lite", "full", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
};
var catalog = new Catalog(coreOnly: false);
var dispatcher = new Dispatcher(workplace, new Governor(false), catalog, e => { });
var server = new StdioServer(new Offer(catalog, dispatcher, workplace), StandardStream.Input, StandardStream.Output);
server.Run();
return 0;

internal sealed class NoDatabases : WhiteMagic.Memory.Exchange.IForeignDatabase
{
    public void Read(string path, Action<WhiteMagic.Memory.MemoryDraft, long> take, Action<WhiteMagic.Memory.Exchange.ImportIssue> fail) => throw WhiteMagic.Memory.FailureException.Invalid("not yet");
}
