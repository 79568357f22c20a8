using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>The client of the C# SDK: without a version it probes with server/discover; with one it takes that or nothing.</summary>
public sealed class CSharpClientTests
{
    private const string Text = "The lantern stands on the eastern harbor wall.";

    // Below the five seconds after which the transport kills a server that does not leave.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1.5);

    [Fact]
    public Task CSharpClient_InAuto_ChoosesTheModernEraAndCompletesASession() => CompleteSessionAsync(null, "2026-07-28");

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public Task CSharpClient_Pinned_CompletesASession(string revision) => CompleteSessionAsync(revision, revision);

    private static async Task CompleteSessionAsync(string? pinned, string expectedRevision)
    {
        string[] command = ServerUnderTest.ServeCommand();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-csharp-");
        try
        {
            StdioClientTransport transport = new(new StdioClientTransportOptions
            {
                Command = command[0],
                Arguments = command[1..],
                EnvironmentVariables = new Dictionary<string, string?> { ["WM_STATE_ROOT"] = folder.FullName },
            });
            McpClientOptions options = new() { ProtocolVersion = pinned, ClientInfo = new Implementation { Name = "csharp", Version = "1" } };
            McpClient client = await McpClient.CreateAsync(transport, options, cancellationToken: TestContext.Current.CancellationToken);
            Stopwatch closing;
            try
            {
                Assert.Equal(expectedRevision, client.NegotiatedProtocolVersion);
                await ExerciseMemoryAsync(client);
            }
            finally
            {
                closing = Stopwatch.StartNew();
                await client.DisposeAsync();
            }

            Assert.True(closing.Elapsed < CloseLimit, $"closing took {closing.ElapsedMilliseconds} ms");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ExerciseMemoryAsync(McpClient client)
    {
        IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Superset(new HashSet<string> { "create_memory", "search_memories", "read_memory" }, tools.Select(tool => tool.Name).ToHashSet());

        JsonElement created = await CallAsync(client, "create_memory", new() { ["title"] = "Harbor", ["content"] = Text, ["tags"] = new[] { "place" } });
        string id = created.GetProperty("memory_id").GetString()!;
        JsonElement found = await CallAsync(client, "search_memories", new() { ["query"] = "lantern harbor", ["limit"] = 5 });
        Assert.Contains(found.GetProperty("results").EnumerateArray(), result => result.GetProperty("memory_id").GetString() == id);
        JsonElement read = await CallAsync(client, "read_memory", new() { ["memory_id"] = id });
        Assert.Contains(Text, read.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        CallToolResult result = await client.CallToolAsync(tool, arguments, cancellationToken: TestContext.Current.CancellationToken);
        string text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        Assert.False(result.IsError ?? false, $"{tool}: {text}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
