using System;
using System.Globalization;
using System.Text;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class CancellationTests
{
    [Theory]
    [InlineData("7", "7")]
    [InlineData("\"a/b\"", "\"a\\/b\"")]
    [InlineData("\"\\u0041\"", "\"A\"")]
    public void Running_Withdrawn_IsCancelledAndNotAnswered(string id, string withdrawn)
    {
        using Session session = Session.StartLegacy();
        session.Send(Call(id, "wait"));
        Assert.True(session.Offer.AwaitStart());
        session.Send(Cancel(withdrawn));
        session.AssertSilent();
        Assert.True(session.Offer.SawCancellation);
    }

    [Fact]
    public void Running_AnotherIdWithdrawn_IsAnswered()
    {
        using Session session = Session.StartLegacy();
        session.Send(Call("7", "wait"));
        Assert.True(session.Offer.AwaitStart());
        session.Send(Cancel("\"7\""));
        session.Send(Cancel("8"));
        session.Offer.Released.Set();
        Assert.Contains("\"id\":7", session.Output.Next(), StringComparison.Ordinal);
        Assert.False(session.Offer.SawCancellation);
    }

    [Fact]
    public void Waiting_Withdrawn_IsNeitherCarriedOutNorAnswered()
    {
        using Session session = Session.StartLegacy();
        session.Send(Call("1", "wait"));
        session.Send(Call("2", "echo"));
        session.Send(Call("3", "echo"));
        session.Send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications\\/cancelled\",\"params\":{\"requestId\":99,\"requestId\":2,\"reason\":\"\\ud800\"}}");
        session.Send(Call("4", "echo"));
        Assert.True(session.Offer.AwaitStart());
        Assert.True(session.AwaitNextRead());
        session.Offer.Released.Set();
        foreach (string id in (string[])["1", "3", "4"])
        {
            Assert.Contains("\"id\":" + id + ",", session.Output.Next(), StringComparison.Ordinal);
        }

        session.AssertSilent();
        Assert.Equal(3, session.Offer.CallCount);
    }

    [Fact]
    public void Answered_Withdrawn_ChangesNothingForALaterUseOfTheId()
    {
        using Session session = Session.StartLegacy();
        session.AskRaw(Call("5", "echo"));
        session.Send(Cancel("5"));
        Assert.Contains("\"id\":5", session.AskRaw(Call("5", "echo")), StringComparison.Ordinal);
    }

    [Fact]
    public void NextRequest_AfterAWithdrawnOne_IsNotCancelled()
    {
        using Session session = Session.StartLegacy();
        session.Send(Call("1", "wait"));
        Assert.True(session.Offer.AwaitStart());
        session.Send(Cancel("1"));
        session.AssertSilent();
        session.Offer.Started.Reset();
        session.Send(Call("2", "wait"));
        Assert.True(session.Offer.AwaitStart());
        session.Offer.Released.Set();
        Assert.Contains("\"id\":2", session.Output.Next(), StringComparison.Ordinal);
        Assert.False(session.Offer.SawCancellation);
    }

    [Fact]
    public void BatchElement_Withdrawn_IsLeftOut()
    {
        using Session session = Session.StartLegacy("2025-03-26");
        session.Send("[" + Call("1", "wait") + "," + Call("2", "echo") + "," + Call("3", "echo") + "]");
        Assert.True(session.Offer.AwaitStart());
        session.Send(Cancel("2"));
        session.Send(Cancel("1"));
        string line = session.Output.Next();
        Assert.DoesNotContain("\"id\":1,", line, StringComparison.Ordinal);
        Assert.Contains("\"id\":3,", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":2,", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_AfterWithdrawal_IsNotSent()
    {
        using Session session = Session.StartLegacy();
        session.Offer.OnCall = _ =>
        {
            session.Send(Cancel("1"));
            Assert.True(session.AwaitNextRead());
        };
        session.Send(Session.Legacy("1", "tools/call", "\"name\":\"progress\",\"arguments\":{\"count\":3},\"_meta\":{\"progressToken\":1}"));
        session.AssertSilent();
    }

    [Fact]
    public void Flood_OfWithdrawals_IsSurvived()
    {
        using Session session = Session.StartLegacy();
        session.Send(Call("1", "wait"));
        Assert.True(session.Offer.AwaitStart());
        var flood = new StringBuilder();
        for (int i = 0; i < 5_000; i++)
        {
            flood.Append(Cancel((i + 10).ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        session.SendRaw(Encoding.UTF8.GetBytes(flood.ToString()));
        session.Send(Call("2", "echo"));
        session.Offer.Released.Set();
        Assert.Contains("\"id\":1,", session.Output.Next(), StringComparison.Ordinal);
        Assert.Contains("\"id\":2,", session.Output.Next(), StringComparison.Ordinal);
        session.AssertSilent();
    }

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(4 << 20, 10)]
    public void Withdrawal_RightBehindItsRequest_IsNeverLost(int padding, int rounds)
    {
        using Session session = Session.StartLegacy();
        string call = Call("1", "wait");
        call = call[..^1] + ",\"pad\":\"" + new string('p', padding) + "\"}";
        for (int i = 0; i < rounds; i++)
        {
            // The notice arrives before, while or after the worker opens the request, which takes a while when the line is long.
            session.Send(call + "\n" + Cancel("1"));
            session.AssertSilent();
        }
    }

    [Fact]
    public void Withdrawals_AmongManyRequests_NeverCostAnotherAnswer()
    {
        using Session session = Session.StartLegacy();
        int seed = Environment.TickCount;
        var random = new Random(seed);
        const int count = 3_000;
        var isWithdrawn = new bool[count];
        var chunk = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            chunk.Append(Call(Text(i), "echo")).Append('\n');
            if (random.Next(3) == 0)
            {
                int target = Math.Max(0, i - random.Next(4));
                isWithdrawn[target] = true;
                chunk.Append(Cancel(Text(target))).Append('\n');
            }

            if (random.Next(8) == 0)
            {
                session.SendRaw(Encoding.UTF8.GetBytes(chunk.ToString()));
                chunk.Clear();
            }
        }

        session.SendRaw(Encoding.UTF8.GetBytes(chunk.ToString()));
        session.Finish();
        string[] answers = session.Output.Rest();
        int next = 0;
        foreach (string answer in answers)
        {
            while (!answer.Contains("\"id\":" + Text(next) + ",", StringComparison.Ordinal))
            {
                Assert.True(isWithdrawn[next], "seed " + Text(seed) + ": no answer to " + Text(next));
                next++;
            }

            next++;
        }

        while (next < count)
        {
            Assert.True(isWithdrawn[next], "seed " + Text(seed) + ": no answer to " + Text(next));
            next++;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Call(string id, string tool) => Session.Legacy(id, "tools/call", "\"name\":\"" + tool + "\"");

    private static string Cancel(string id) =>
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + ",\"reason\":\"no need\"}}";
}
