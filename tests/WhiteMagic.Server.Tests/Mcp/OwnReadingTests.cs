using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>What is particular when the worker reads its own input.</summary>
[Collection("alone")]
public sealed class OwnReadingTests(ITestOutputHelper output)
{
    [Fact]
    public void Traffic_OfShortRequests_IsReadByTheWorkerAlone()
    {
        // A busy machine may hold the worker up for long enough to call the standby; not five times.
        int fewest = int.MaxValue;
        for (int attempt = 0; attempt < 5 && fewest > 1; attempt++)
        {
            using Session session = Session.StartLegacy(InputKind.Waitable);
            for (int i = 0; i < 200; i++)
            {
                session.AskRaw(Call(Text(i), "echo"));
            }

            fewest = Math.Min(fewest, session.Input.ThreadChangeCount);
            Assert.True(fewest > 1 || session.Input.LastThread == session.Worker);
        }

        Assert.Equal(1, fewest);
    }

    [Fact]
    public void Start_BeforeTheFirstCall_MakesNoThread()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the names of threads are read from /proc");
        Assert.True(SpinWait.SpinUntil(() => StandbyCount() == 0, 20_000));
        using Session session = Session.StartLegacy(InputKind.Waitable);
        Assert.Equal(0, StandbyCount());
        session.AskRaw(Call("1", "echo"));
        Assert.True(SpinWait.SpinUntil(() => StandbyCount() == 1, 20_000));
        session.Finish();
        Assert.True(SpinWait.SpinUntil(() => StandbyCount() == 0, 20_000));
    }

    [Fact]
    public void FirstRequest_BeingALongCall_CanBeWithdrawn()
    {
        using Session session = Session.Start(InputKind.Waitable);
        session.Send(Session.Modern("1", "tools/call", "\"name\":\"wait\""));
        Assert.True(session.Offer.AwaitStart());
        session.Send(Cancel("1"));
        session.AssertSilent();
        Assert.True(session.Offer.SawCancellation);
    }

    [Fact]
    public void LongCall_AfterARest_IsWatchedAgain()
    {
        using Session session = Session.StartLegacy(InputKind.Waitable);
        session.AskRaw(Call("1", "echo"));
        SpinWait.SpinUntil(() => false, 500);
        session.Send(Call("2", "wait"));
        Assert.True(session.Offer.AwaitStart());
        session.Send(Cancel("2"));
        session.AssertSilent();
        Assert.True(session.Offer.SawCancellation);
    }

    [Fact]
    public void LongCall_WithAPipelineBehindIt_IsReadOnMeanwhile()
    {
        using Session session = Session.StartLegacy(InputKind.Waitable);
        session.Send(Call("1000", "wait"));
        Assert.True(session.Offer.AwaitStart());
        for (int i = 0; i < 200; i++)
        {
            session.Send(Call(Text(i), "echo"));
        }

        Assert.True(session.Input.AwaitDrained());
        session.Offer.Released.Set();
        Assert.Contains("\"id\":1000,", session.Output.Next(), StringComparison.Ordinal);
        for (int i = 0; i < 200; i++)
        {
            Assert.Contains("\"id\":" + Text(i) + ",", session.Output.Next(), StringComparison.Ordinal);
        }

        session.Finish();
    }

    [Fact]
    public void LongCall_WhenItEnds_GivesTheInputBackToTheWorker()
    {
        using Session session = Session.StartLegacy(InputKind.Waitable);
        session.Send(Call("1", "wait"));
        Assert.True(session.Offer.AwaitStart());
        Assert.True(SpinWait.SpinUntil(() => session.Input.LastThread != session.Worker, 20_000));
        session.Offer.Released.Set();
        session.Output.Next();
        Assert.True(SpinWait.SpinUntil(() => session.Input.LastThread == session.Worker, 20_000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idle_WhileTheInputStaysSilent_ComesInTime(bool afterALongCall)
    {
        double best = double.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            using Session session = Session.StartLegacy(InputKind.Waitable);
            int worker = 0;
            int idler = 0;
            session.Offer.OnCall = _ => worker = Environment.CurrentManagedThreadId;
            session.Offer.OnIdle = () => idler = Environment.CurrentManagedThreadId;
            if (afterALongCall)
            {
                session.Send(Call("1", "wait"));
                Assert.True(SpinWait.SpinUntil(() => session.Input.LastThread != session.Worker, 20_000));
                session.Offer.Idled.Reset();
                session.Offer.Released.Set();
                session.Output.Next();
            }
            else
            {
                session.AskRaw(Call("1", "echo"));
                session.Offer.Idled.Reset();
            }

            long start = Stopwatch.GetTimestamp();
            Assert.True(session.Offer.AwaitIdle(20_000));
            double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Assert.Equal(worker, idler);
            best = Math.Min(best, ms);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"best of five: {best:F1} ms"));
        // The test may see the answer late on a busy machine, and the pause then looks shorter than its 50 ms.
        Assert.InRange(best, 20, 100);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void End_WhileWaiting_ReturnsSoon(bool stops, bool isStandbyReading)
    {
        using Session session = Session.StartLegacy(InputKind.Waitable);
        if (isStandbyReading)
        {
            session.Send(Call("1", "wait"));
            Assert.True(SpinWait.SpinUntil(() => session.Input.LastThread != session.Worker, 20_000));
        }

        Assert.True(session.Input.AwaitDrained());
        long start = Stopwatch.GetTimestamp();
        if (stops)
        {
            session.Server.Stop();
        }
        else
        {
            session.Input.End();
        }

        session.Offer.Released.Set();
        session.Join();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
        Assert.Equal(isStandbyReading ? 1 : 0, session.Output.Rest().Length);
    }

    [Fact]
    public void Roles_ChangingAtAnyMoment_LoseNothing()
    {
        int seed = Environment.TickCount;
        int rounds = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 20_000 : 3_000;
        var random = new Random(seed);
        var worker = new Random(seed + 1);
        using Session session = Session.StartLegacy(InputKind.Waitable, lookMs: 1);
        session.Offer.OnCall = _ => Spin(worker.Next(4) == 0 ? worker.Next(4_000) : 0);
        int id = 0;
        for (int round = 0; round < rounds; round++)
        {
            int first = id;
            var text = new StringBuilder();
            for (int count = random.Next(1, 4); count > 0; count--)
            {
                text.Append(Call(Text(id++), "echo")).Append('\n');
                if (random.Next(4) == 0)
                {
                    text.Append(Cancel("\"nobody\"")).Append('\n');
                }
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            int cut = random.Next(1, bytes.Length);
            session.SendRaw(bytes[..cut]);
            Spin(random.Next(3) == 0 ? random.Next(3_000) : 0);
            session.SendRaw(bytes[cut..]);
            for (int i = first; i < id; i++)
            {
                Assert.True(session.Output.Next().Contains("\"id\":" + Text(i) + ",", StringComparison.Ordinal), "seed " + Text(seed) + ", round " + Text(round));
            }
        }

        session.Finish();
        var input = (WaitableFeedStream)session.Input;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {rounds} rounds, {input.WakeUpCount} wake-ups, {input.ThreadChangeCount} changes of thread"));
        Assert.True(input.ThreadChangeCount > rounds / 100, "too few changes to prove anything");
    }

    [Fact]
    public void End_AtAnyMoment_IsNoticedAtOnce()
    {
        int seed = Environment.TickCount;
        output.WriteLine("seed " + Text(seed));
        var random = new Random(seed);
        for (int round = 0; round < 1_000; round++)
        {
            using Session session = Session.Start(InputKind.Waitable, lookMs: 1);
            int length = random.Next(3_000);
            session.Offer.OnCall = _ => Spin(length);
            int count = random.Next(4);
            for (int i = 0; i < count; i++)
            {
                session.Send(Session.Modern(Text(i), "tools/call", "\"name\":\"echo\""));
            }

            Spin(random.Next(6_000));
            bool stops = random.Next(2) == 0;
            if (stops)
            {
                session.Server.Stop();
            }
            else
            {
                session.Input.End();
            }

            session.Join();
            int answered = session.Output.Rest().Length;
            Assert.True(stops ? answered <= count : answered == count, "seed " + Text(seed) + ", round " + Text(round));
        }
    }

    private static int StandbyCount() =>
        Directory.GetDirectories("/proc/self/task").Count(task =>
        {
            try
            {
                return File.ReadAllText(task + "/comm").StartsWith("wm-standby", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });

    private static void Spin(int microseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
            Thread.SpinWait(20);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Call(string id, string tool) => Session.Legacy(id, "tools/call", "\"name\":\"" + tool + "\"");

    private static string Cancel(string id) =>
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
}

[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class RunsAlone;
