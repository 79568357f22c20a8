using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using WhiteMagic.Mcp;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class LifecycleTests
{
    [Fact]
    public void Pipeline_OfTwoHundred_IsAnsweredInOrder()
    {
        using Session session = Session.StartLegacy();
        var lines = new StringBuilder();
        for (int i = 0; i < 200; i++)
        {
            lines.Append(Session.Legacy(Text(i), "tools/call", "\"name\":\"echo\",\"arguments\":{\"n\":" + Text(i) + "}")).Append('\n');
        }

        session.SendRaw(Encoding.UTF8.GetBytes(lines.ToString()));
        for (int i = 0; i < 200; i++)
        {
            string line = session.Output.Next();
            Assert.StartsWith("{\"jsonrpc\":\"2.0\",\"id\":" + Text(i) + ",", line, StringComparison.Ordinal);
            Assert.Contains("{\"n\":" + Text(i) + "}", line, StringComparison.Ordinal);
        }

        session.Finish();
        Assert.Equal(201, session.Output.FlushCount);
    }

    [Fact]
    public void End_WithRequestInFlight_AnswersItAndReturnsSoon()
    {
        using Session session = Session.StartLegacy();
        session.Send(Session.Legacy("1", "tools/call", "\"name\":\"wait\""));
        session.Send(Session.Legacy("2", "tools/call", "\"name\":\"echo\""));
        Assert.True(session.Offer.AwaitStart());
        session.Input.End();
        session.Offer.Released.Set();
        long start = Stopwatch.GetTimestamp();
        session.Join();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
        Assert.Equal(2, session.Output.Rest().Length);
    }

    [Fact]
    public void End_AfterLineWithoutNewline_AnswersIt()
    {
        using Session session = Session.StartLegacy();
        session.SendRaw(Encoding.UTF8.GetBytes(Session.Legacy("1", "ping")));
        session.Finish();
        Assert.Single(session.Output.Rest());
    }

    [Fact]
    public void End_OfEmptyInput_ReturnsAfterOneIdle()
    {
        using Session session = Session.Start();
        session.Finish();
        Assert.Equal(1, session.Offer.IdleCount);
        Assert.Empty(session.Output.Rest());
    }

    [Fact]
    public void Stop_WithRequestsRead_AnswersThemWhileTheInputStaysOpen()
    {
        using Session session = Session.StartLegacy();
        session.Send(Session.Legacy("1", "tools/call", "\"name\":\"wait\"") + "\n" + Session.Legacy("2", "tools/call", "\"name\":\"echo\""));
        Assert.True(session.Offer.AwaitStart());
        session.Server.Stop();
        session.Offer.Released.Set();
        session.Join();
        Assert.Equal(2, session.Output.Rest().Length);
    }

    [Fact]
    public void Stop_WhileACallRunsLong_BreaksItOffWithAnAnswer()
    {
        using Session session = Session.StartLegacy();
        session.Send(Session.Legacy("1", "tools/call", "\"name\":\"wait\""));
        Assert.True(session.Offer.AwaitStart());
        long start = Stopwatch.GetTimestamp();
        session.Server.Stop();
        session.Join();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
        Assert.True(session.Offer.SawCancellation);
        Assert.Contains("\"id\":1,\"result\"", Assert.Single(session.Output.Rest()), StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_WhileNothingComes_ReturnsSoon()
    {
        using Session session = Session.StartLegacy();
        long start = Stopwatch.GetTimestamp();
        session.Server.Stop();
        session.Join();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Stop_BeforeRun_ReturnsAtOnce()
    {
        using var offer = new FixtureOffer();
        using var input = new FeedStream();
        using var output = new LineSink();
        var server = new StdioServer(offer, new StreamChannel(input, output));
        server.Stop();
        server.Run();
        Assert.Equal(1, offer.IdleCount);
    }

    [Fact]
    public void Pause_AfterWork_CallsIdleOnceEvenIfItFails()
    {
        using Session session = Session.Start();
        session.Offer.IdleFails = true;
        Assert.False(session.Offer.AwaitIdle(150));
        session.AskRaw(Session.Legacy("1", "ping"));
        Assert.True(session.Offer.AwaitIdle(20_000));
        Assert.False(SpinWait.SpinUntil(() => session.Offer.IdleCount > 1, 150));
        session.Offer.Idled.Reset();
        session.AskRaw(Session.Legacy("2", "ping"));
        Assert.True(session.Offer.AwaitIdle(20_000));
        session.Finish();
        Assert.Equal(3, session.Offer.IdleCount);
    }

    [Fact]
    public void Line_OverTheLimit_IsRefusedInItsTurnAndTheNextAnswered()
    {
        using Session session = Session.Start();
        byte[] part = new byte[1 << 20];
        Array.Fill(part, (byte)'x');
        session.Send(Session.Legacy("1", "ping"));
        for (int i = 0; i < 17; i++)
        {
            session.SendRaw(part);
        }

        session.Send("");
        session.Send(Session.Legacy("2", "ping"));
        Assert.Contains("\"id\":1", session.Output.Next(), StringComparison.Ordinal);
        Assert.Contains("16777216", Check.Message(Check.Error(System.Text.Json.JsonDocument.Parse(session.Output.Next()).RootElement, -32600, "null")), StringComparison.Ordinal);
        Assert.Contains("\"id\":2", session.Output.Next(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Line_AroundTheLimit_IsDecidedByItsBytesAlone(int extra, bool isRead)
    {
        using Session session = Session.Start();
        string head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"";
        string line = head + new string('x', Wire.MaxRequestBytes + extra - head.Length - 2) + "\"}";
        session.SendRaw(Encoding.UTF8.GetBytes("\ufeff" + line + "\r\n"));
        Assert.Contains(isRead ? "\"id\":1,\"result\"" : "\"id\":null", session.Output.Next(), StringComparison.Ordinal);
        session.AssertSilent();
    }

    [Fact]
    public void Line_OverTheLimitAtTheEnd_IsRefused()
    {
        using Session session = Session.Start();
        byte[] all = new byte[Wire.MaxRequestBytes + 100];
        Array.Fill(all, (byte)' ', 0, all.Length);
        session.SendRaw(all);
        session.Finish();
        Assert.Single(session.Output.Rest());
    }

    [Fact]
    public void Line_InSingleBytes_IsAnswered()
    {
        using Session session = Session.Start();
        foreach (byte b in Encoding.UTF8.GetBytes("\ufeff" + Session.Legacy("\"🧠\"", "ping") + "\r\n" + Session.Legacy("2", "ping") + "\n"))
        {
            session.SendRaw([b]);
        }

        Assert.Contains("🧠", session.Output.Next(), StringComparison.Ordinal);
        Assert.Contains("\"id\":2", session.Output.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_Gone_EndsTheServerQuietly()
    {
        using Session session = Session.StartLegacy();
        session.Output.IsGone = true;
        session.Send(Session.Legacy("1", "ping"));
        session.Join();
    }

    [Fact]
    public void Flood_OfLargeLines_IsBoundedAndAnsweredWhole()
    {
        using Session session = Session.StartLegacy();
        session.Send(Session.Legacy("0", "tools/call", "\"name\":\"wait\""));
        Assert.True(session.Offer.AwaitStart());
        byte[] line = Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"" + new string('x', 4 << 20) + "\"}\n");
        int reads = 0;
        session.Input.OnRead = () => Interlocked.Increment(ref reads);
        for (int i = 0; i < 20; i++)
        {
            session.SendRaw(line);
        }

        // The reader stops of itself: once the count of reads no longer grows, far less than everything has been taken in.
        int seen = -1;
        while (seen != Volatile.Read(ref reads))
        {
            seen = Volatile.Read(ref reads);
            SpinWait.SpinUntil(() => Volatile.Read(ref reads) != seen, 300);
        }

        Assert.InRange(seen, 1, 12 * (4 << 20) / (32 << 10));
        session.Offer.Released.Set();
        for (int i = 0; i < 21; i++)
        {
            session.Output.Next();
        }

        session.AssertSilent();
    }

    [Fact]
    public void Server_OverPipes_AnswersAndEnds()
    {
        using var offer = new FixtureOffer();
        using var toServer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var serverInput = new AnonymousPipeClientStream(PipeDirection.In, toServer.ClientSafePipeHandle);
        using var fromServer = new AnonymousPipeServerStream(PipeDirection.In);
        var serverOutput = new AnonymousPipeClientStream(PipeDirection.Out, fromServer.ClientSafePipeHandle);
        var server = new StdioServer(offer, new StreamChannel(serverInput, serverOutput));
        var thread = new Thread(() =>
        {
            server.Run();
            serverOutput.Dispose();
        });
        thread.Start();
        toServer.Write(Encoding.UTF8.GetBytes(Session.Modern("1", "server/discover") + "\n" + Session.Modern("2", "tools/call", "\"name\":\"echo\"")));
        toServer.Dispose();
        using var reader = new StreamReader(fromServer);
        Assert.Contains("\"id\":1", reader.ReadLine(), StringComparison.Ordinal);
        Assert.Contains("\"id\":2", reader.ReadLine(), StringComparison.Ordinal);
        Assert.Null(reader.ReadLine());
        Assert.True(thread.Join(20_000));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
