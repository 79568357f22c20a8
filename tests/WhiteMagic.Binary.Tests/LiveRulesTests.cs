using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>A rule that is written while the published server answers one call after the other.</summary>
public sealed class LiveRulesTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Rules_ChangedUnderLoad_HoldWithinASecond_AndNoCallIsDropped()
    {
        _ = ServerUnderTest.PublishedBinaryOrSkip();
        string root = Directory.CreateTempSubdirectory("wm-live-").FullName;
        try
        {
            using var server = new StdioServer(ServerUnderTest.ServeCommand(), root);
            server.Send("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"live","version":"1"}}}""");
            Assert.NotNull(server.Receive(_limit));
            server.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
            int id = 0;
            Assert.Null(Create(server, ref id));
            string folder = Path.Combine(root, "dharma", "rules.d");
            Directory.CreateDirectory(folder);
            string file = Path.Combine(folder, "live.yaml");
            for (int round = 0; round < 3; round++)
            {
                File.WriteAllText(file, "rules:\n  - {name: closed, action: block, effects: [write]}\n");
                Assert.InRange(Until(server, ref id, "policy_blocked"), 0, 1000);

                // A file with an error changes nothing.
                File.WriteAllText(file, "rules:\n  - {name: closed, action: blok}\n");
                Assert.Equal("policy_blocked", Wait(server, ref id, 700));
                File.WriteAllText(file, "rules: []\n");
                Assert.InRange(Until(server, ref id, null), 0, 1000);
            }

            server.EndInput();
            Assert.True(server.WaitForExit(_limit));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // Milliseconds until calls have this outcome; every call is answered.
    private static long Until(StdioServer server, ref int id, string? code)
    {
        var clock = Stopwatch.StartNew();
        while (Create(server, ref id) != code && clock.ElapsedMilliseconds < 5000)
        {
        }

        return clock.ElapsedMilliseconds;
    }

    private static string? Wait(StdioServer server, ref int id, int waitMs)
    {
        var clock = Stopwatch.StartNew();
        string? code = "";
        while (clock.ElapsedMilliseconds < waitMs)
        {
            code = Create(server, ref id);
        }

        return code;
    }

    private static string? Create(StdioServer server, ref int id)
    {
        string number = (++id).ToString(CultureInfo.InvariantCulture);
        server.Send("{\"jsonrpc\":\"2.0\",\"id\":" + number + ",\"method\":\"tools/call\",\"params\":{\"name\":\"create_memory\",\"arguments\":{\"content\":\"memory " + number + "\"}}}");
        byte[]? line = server.Receive(_limit);
        Assert.True(line is not null, $"call {number} was not answered");
        using JsonDocument answer = JsonDocument.Parse(line);
        Assert.Equal(id, answer.RootElement.GetProperty("id").GetInt32());
        JsonElement result = answer.RootElement.GetProperty("result");
        return result.TryGetProperty("isError", out JsonElement isError) && isError.GetBoolean()
            ? new[] { "policy_blocked", "rate_limited", "stage_failed", "internal_error" }.First(c => result.GetProperty("content")[0].GetProperty("text").GetString()!.Contains(c, StringComparison.Ordinal))
            : null;
    }
}
