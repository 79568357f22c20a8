using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>What a client may do with the server's standard files.</summary>
public sealed class StandardFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-files-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Client_ThatWritesEverythingBeforeItReads_IsAnswered()
    {
        // Far more than the pipes hold, both ways: a server that only writes while the client only writes would wait for ever.
        const int count = 3_000;
        using StdioServer server = new(ServerUnderTest.ServeCommand(), folder.FullName, readsLate: true);
        var lines = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            lines[i] = Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"prompts/list\",\"params\":{\"pad\":\"" + new string('x', 200) + "\"}}");
        }

        Assert.True(await Task.Run(() => server.Send(lines), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken)
            .ContinueWith(sent => sent.IsCompletedSuccessfully, TaskScheduler.Default), "the server did not read on while its answers waited");
        server.StartReading();
        for (int i = 0; i < count; i++)
        {
            byte[]? line = server.Receive(Limit);
            Assert.NotNull(line);
            Assert.StartsWith("{\"jsonrpc\":\"2.0\",\"id\":" + i.ToString(CultureInfo.InvariantCulture) + ",", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
        }

        server.EndInput();
        Assert.True(server.WaitForExit(Limit), "did not leave at EOF");
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public void Client_ThatTakesNoAnswers_IsNotWaitedForAfterTheEnd()
    {
        using StdioServer server = new(ServerUnderTest.ServeCommand(), folder.FullName, readsLate: true);
        byte[] line = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"prompts/list"}""");
        var lines = new byte[1_000][];
        Array.Fill(lines, line);
        server.Send(lines);
        server.EndInput();
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(5)), "still waits for a client that reads nothing");
        Assert.Equal(0, server.ExitCode);
    }

    [Theory]
    [InlineData("<&-")]
    [InlineData("</dev/null")]
    public async Task Serve_WithoutInput_SaysNothingAndEndsWell(string input)
    {
        string binary = ServerUnderTest.PublishedBinaryOrSkip();
        ProgramRun? run = await ProgramRun.StartAsync("sh", ["-c", "exec \"$0\" serve --state-root \"$1\" " + input, binary, folder.FullName + "/root"], Limit);
        Assert.NotNull(run);
        run.ShouldSucceed("wm serve " + input);
        Assert.Equal("", run.Output);
    }
}
