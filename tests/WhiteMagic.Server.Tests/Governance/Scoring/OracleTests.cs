using System;
using System.Collections.Generic;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance.Scoring;

namespace WhiteMagic.Server.Tests.Governance.Scoring;

/// <summary>The embedded modules give what the native build of the same source gives, to the last bit.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int Seed = 20261127;
    private static readonly int _count = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 100_000 : 3000;

    [Theory]
    [InlineData(ScorerKind.Dharma)]
    [InlineData(ScorerKind.Karma)]
    [InlineData(ScorerKind.Harmony)]
    public void Ask_RandomRecords_GivesWhatTheNativeBuildGives(ScorerKind kind)
    {
        PolicyModule module = PolicyModule.Load(kind, "embedded", EmbeddedModules.Of(kind));
        var random = new Random(Seed);
        Span<byte> answer = stackalloc byte[AnswerFormat.MostBytes];
        int answered = 0;
        for (int i = 0; i < _count; i++)
        {
            byte[] record = RecordOf(kind, random);
            byte[]? expected = Native(kind, record);
            ScorerAnswer given = module.Ask(record, answer);
            Assert.True(expected is null == (given.Length == 0), $"record {i} of seed {Seed}: {given.Failure}: {Convert.ToHexString(record)}");
            if (expected is not null)
            {
                answered++;
                Assert.True(answer[..given.Length].SequenceEqual(expected), $"record {i} of seed {Seed}: {Convert.ToHexString(record)}");
            }
        }

        output.WriteLine($"seed {Seed}: {_count} records, {answered} answered");
        Assert.InRange(answered, _count / 4, _count);
    }

    // What the module answers, where the host takes it.
    private static byte[]? Native(ScorerKind kind, byte[] record)
    {
        byte[]? answer = kind switch
        {
            ScorerKind.Dharma => DharmaOf(record),
            ScorerKind.Karma => KarmaOf(record),
            _ => HarmonyOf(record),
        };
        return answer is not null && AnswerFormat.ProblemOf(kind, answer) is null ? answer : null;
    }

    private static byte[]? DharmaOf(byte[] record)
    {
        (int action, double severity) = Policies.Dharma.Sum(record);
        return action < 0 ? null : Answer(action, severity);
    }

    private static byte[]? KarmaOf(byte[] record) => Policies.Karma.TrySum(record, out double debt) ? Answer(0, debt) : null;

    private static byte[]? HarmonyOf(byte[] record) => Policies.Harmony.TryScore(record, out double score) ? Answer(0, score) : null;

    private static byte[] Answer(int first, double number) => [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(first), .. BitConverter.GetBytes(number)];

    // Mostly records as they are made, and some that are damaged.
    private static byte[] RecordOf(ScorerKind kind, Random random)
    {
        byte[] record = kind switch
        {
            ScorerKind.Dharma => Dharma(random),
            ScorerKind.Karma => Debts.RecordOf([random.Next(100), random.Next(100), random.NextInt64(1L << 40), random.Next(3)]),
            _ => HarmonyScore.RecordOf([Dimension(random), Dimension(random), Dimension(random), Dimension(random), Dimension(random), Dimension(random), Dimension(random)]),
        };
        if (random.Next(4) == 0)
        {
            record[random.Next(record.Length)] ^= (byte)(1 << random.Next(8));
        }

        return random.Next(20) == 0 ? record[..random.Next(record.Length)] : record;
    }

    private static double Dimension(Random random) => random.Next(5) == 0 ? double.NaN : random.NextDouble();

    private static byte[] Dharma(Random random)
    {
        int count = random.Next(6);
        var record = new List<byte>();
        void Int32(int value) => record.AddRange(BitConverter.GetBytes(value));
        Int32(1);
        Int32(random.Next(1, 5));
        Int32(random.Next(7));
        Int32(count);
        record.AddRange(BitConverter.GetBytes(random.NextInt64()));
        for (int i = 0; i < count; i++)
        {
            Int32(random.Next(1, 7));
            Int32(0);
            record.AddRange(BitConverter.GetBytes(random.NextDouble()));
        }

        for (int i = 0; i < 6; i++)
        {
            byte[] text = new byte[random.Next(50)];
            random.NextBytes(text);
            Int32(text.Length);
            record.AddRange(text);
        }

        return [.. record];
    }
}
