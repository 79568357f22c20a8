using System;
using System.IO;
using System.Text;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class ServeTests
{
    [Fact]
    public void Serve_OverStreams_AnswersAndSaysWhichRoot()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Input = Requests("{\"name\":\"search_memories\",\"arguments\":{\"query\":\"tags\"}}");
        shell.Ok("serve");
        Assert.Equal("", shell.Out);
        Assert.Matches("^wm [0-9.]+ serves .*\\(in the current folder\\), galaxy default\n$", shell.Error);
        string[] lines = Encoding.UTF8.GetString(shell.ProtocolOutput).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"serverInfo\"", lines[0]);
        Assert.DoesNotContain("\"isError\":true", lines[1]);
    }

    [Fact]
    public void Serve_OnARefusedRoot_StartsAndEachCallSaysWhy()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Rights.Set(shell.Root, Rights.Of(shell.Root) | UnixFileMode.OtherWrite);
        shell.Input = Requests("{\"name\":\"create_memory\",\"arguments\":{\"content\":\"x\"}}");
        shell.Ok("serve");
        string[] lines = Encoding.UTF8.GetString(shell.ProtocolOutput).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"serverInfo\"", lines[0]);
        Assert.Contains("\"isError\":true", lines[1]);
        Assert.Contains("permission_denied", lines[1]);
        Assert.Contains("may be written by others", lines[1]);
        Assert.Contains("every call will say so", shell.Error);
    }

    [Fact]
    public void Serve_WithAGalaxyThatIsNotThere_WarnsAtOnce()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Input = Requests("{\"name\":\"list_memories\",\"arguments\":{}}");
        shell.Ok("serve", "--galaxy", "nope");
        Assert.Contains("there is no galaxy nope", shell.Error);
        Assert.Contains("not_found", Encoding.UTF8.GetString(shell.ProtocolOutput));
    }

    [Fact]
    public void Serve_ReadOnly_RefusesWrites()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Input = Requests("{\"name\":\"create_memory\",\"arguments\":{\"content\":\"x\"}}");
        shell.Ok("serve", "--read-only", "--profile", "core");
        Assert.Contains("permission_denied", Encoding.UTF8.GetString(shell.ProtocolOutput));
        Assert.Contains(", read-only", shell.Error);
    }

    private static byte[] Requests(string call) => Shell.Utf8(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n"
        + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":" + call + "}\n");
}
