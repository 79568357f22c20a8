using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>The binary alone in an empty folder that it takes for the whole disk: no libraries, no /proc, no /tmp, no time zones.</summary>
public sealed class ChrootTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-chroot-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Version_InAnEmptyChroot_IsPrinted()
    {
        await PrepareOrSkipAsync();
        ProgramRun? run = await ProgramRun.StartAsync("chroot", [folder.FullName, "/wm", "version"], Limit, new Dictionary<string, string>());
        Assert.NotNull(run);
        run.ShouldSucceed("wm version");
        string version = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "VERSION"), TestContext.Current.CancellationToken)).Trim();
        Assert.Contains(version, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_InAnEmptyChroot_StoresAndFindsAMemory()
    {
        await PrepareOrSkipAsync();
        using StdioServer server = new(["chroot", folder.FullName, "/wm", "serve"], "/state", emptyEnvironment: true);
        JsonElement opened = Ask(server, """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"chroot","version":"1"}}}""");
        Assert.Equal("2025-11-25", opened.GetProperty("protocolVersion").GetString());
        server.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Ask(server, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"create_memory","arguments":{"title":"Harbor","content":"The lantern stands on the eastern harbor wall."}}}""");
        JsonElement found = Ask(server, """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search_memories","arguments":{"query":"lantern"}}}""");
        Assert.Contains("eastern harbor wall", found.GetRawText(), StringComparison.Ordinal);
        server.EndInput();
        Assert.True(server.WaitForExit(Limit), "did not leave at EOF");
        Assert.Equal(0, server.ExitCode);
        Assert.True(Directory.Exists(Path.Combine(folder.FullName, "state")), "the state root was not made inside the chroot");
    }

    private static JsonElement Ask(StdioServer server, string request)
    {
        server.Send(request);
        byte[]? line = server.Receive(Limit);
        Assert.True(line is not null, $"no answer to {request}\n{server.Errors}");
        using JsonDocument answer = JsonDocument.Parse(line);
        Assert.True(answer.RootElement.TryGetProperty("result", out JsonElement result), answer.RootElement.GetRawText());
        Assert.False(result.TryGetProperty("isError", out JsonElement isError) && isError.GetBoolean(), result.GetRawText());
        return result.Clone();
    }

    private async Task PrepareOrSkipAsync()
    {
        string binary = ServerUnderTest.PublishedBinaryOrSkip();
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("chroot needs root.");
        }

        string copy = Path.Combine(folder.FullName, "wm");
        File.Copy(binary, copy);
        ProgramRun? probe = await ProgramRun.StartAsync("chroot", ["/", "true"], Limit);
        if (probe?.ExitCode != 0)
        {
            Assert.Skip("chroot is not allowed here: " + probe?.Errors.Trim());
        }
    }
}
