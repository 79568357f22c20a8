using System;
using System.IO;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>The clients that live in Node: each connects, lists, creates, searches, reads and closes.</summary>
public sealed class ScriptClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public Task TypeScriptSdk_OfTheLegacyEra_CompletesASession() => RunAsync("typescript-sdk.mjs");

    [Fact]
    public Task TypeScriptClient_InAuto_ChoosesTheModernEraAndCompletesASession() => RunAsync("typescript-client.mjs", "--mode", "auto");

    [Fact]
    public Task TypeScriptClient_PinnedToTheModernRevision_CompletesASession() => RunAsync("typescript-client.mjs", "--mode", "pinned");

    [Fact]
    public Task TypeScriptClient_InLegacy_CompletesASession() => RunAsync("typescript-client.mjs", "--mode", "legacy");

    [Fact]
    public Task Inspector_InTheLegacyEra_CompletesASession() => RunAsync("inspector-cli.mjs", "--era", "legacy");

    [Fact]
    public Task Inspector_InTheModernEra_CompletesASession() => RunAsync("inspector-cli.mjs", "--era", "modern");

    private static Task RunAsync(string script, params string[] options) =>
        Instrument.WithPackagesShouldPassAsync(Path.Combine("clients", script), options, Limit);
}
