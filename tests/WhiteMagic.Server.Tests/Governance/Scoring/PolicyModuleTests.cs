using System;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Scoring;

/// <summary>One module: what is taken for one, what it answers, and what it cannot do.</summary>
public sealed class PolicyModuleTests
{
    private static readonly byte[] _record = Probes.Of(ScorerKind.Dharma);

    // Each fails at what is not the probe (a record of a read), so that it is taken first.
    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "unreachable", [0x00], "ended in the trap unreachable" },
        { "endless loop", [0x03, 0x40, 0x0C, 0, 0x0B, .. PolicyBytes.Constant(16, 16)], "ended in the trap out of fuel" },
        { "recursion without end", [0x20, 0, 0x20, 1, 0x10, 2], "ended in the trap call stack exhausted" },
        { "an answer beyond memory", PolicyBytes.Constant(65_530, 16), "gave an answer that lies outside of its memory" },
        { "a pointer that overflows", PolicyBytes.Constant(0xFFFF_FFF8, 16), "gave an answer that lies outside of its memory" },
        { "an answer of 4 GiB", PolicyBytes.Constant(16, 0xFFFF_FFFF), "gave an answer of 4294967295 bytes, where at most 1040 are allowed" },
        { "no answer", PolicyBytes.Constant(0, 0), "gave an answer of 0 bytes, where 16 to 1040 are allowed" },
        { "a short answer", PolicyBytes.Constant(16, 15), "gave an answer of 15 bytes, where 16 to 1040 are allowed" },
        { "an answer of another version", PolicyBytes.Constant(4096, 16), "gave an answer of version 0, where 1 is known" },
        { "memory out of bounds", [0x41, .. ModuleBytes.Signed(-1), 0x28, 2, 0, 0x1A, .. PolicyBytes.Constant(16, 16)], "ended in the trap out of bounds memory access" },
        { "a bomb of memory", [0x03, 0x40, 0x41, 1, 0x40, 0, 0x1A, 0x0C, 0, 0x0B, .. PolicyBytes.Constant(16, 16)], "ended in the trap out of fuel" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Ask_AHostileModule_FailsWithAName(string what, byte[] body, string failure)
    {
        byte[] code = [0x20, 0, 0x28, 2, 4, 0x41, 2, 0x46, 0x04, 0x7E, .. body, 0x05, .. PolicyBytes.Constant(PolicyBytes.AnswerAt, 16), 0x0B];
        PolicyModule module = PolicyModule.Load(ScorerKind.Dharma, "test", PolicyBytes.WithBody(code, [1, .. new byte[15]]));
        byte[] bytes = new byte[AnswerFormat.MostBytes];
        ScorerAnswer answer = module.Ask(PolicyBytes.RecordOfAWrite(), bytes);
        Assert.True(answer.Length == 0 && answer.Failure.Contains(failure, StringComparison.Ordinal), $"{what}: {answer.Failure}");
        Assert.True(module.Ask(_record, bytes).Length > 0);
        Assert.Equal(0, AnswerFormat.FirstOf(bytes));
    }

    [Theory]
    [InlineData(7, 0.5, "action 7, where 0 to 6 are known")]
    [InlineData(-1, 0.5, "action -1, where 0 to 6 are known")]
    [InlineData(1, 1.5, "a severity that is not from 0 to 1")]
    [InlineData(1, -0.1, "a severity that is not from 0 to 1")]
    [InlineData(1, double.NaN, "a severity that is not from 0 to 1")]
    public void Load_AModuleWhoseAnswersAreNone_IsRefused(int action, double severity, string problem)
    {
        ModuleException e = Assert.Throws<ModuleException>(() => PolicyModule.Load(ScorerKind.Dharma, "test", PolicyBytes.Answering((RuleAction)action, severity)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatIsNoModuleOfGovernance_IsRefusedWithTheReason()
    {
        byte[] right = PolicyBytes.Answering(null, 0);
        Assert.Contains("does not export the function karma_debt", Refusal(ScorerKind.Karma, right), StringComparison.Ordinal);
        Assert.Contains("unknown import: env.abort", Refusal(ScorerKind.Dharma, WithImport(right)), StringComparison.Ordinal);
        Assert.Contains("1048577 bytes, where 1048576 are allowed", Refusal(ScorerKind.Dharma, new byte[PolicyModule.MostBytes + 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_SecretsOfOneQuestion_AreNotReadableInTheNext()
    {
        // It keeps the first number of the tool's text in a global and in memory, and answers with what it kept before: always nothing.
        byte[] code =
        [
            0x41, 0x80, 8, 0x41, 0x80, 8, 0x28, 2, 0, 0x36, 2, 4,
            0x41, 0x80, 8, 0x23, 0, 0x37, 3, 8,
            0x41, 0x80, 8, 0x20, 0, 0x28, 2, 28, 0x36, 2, 0,
            0x20, 0, 0x29, 3, 28, 0x24, 0,
            0x41, 0x80, 8, 0x41, 1, 0x36, 2, 0,
            .. PolicyBytes.Constant(1024, 16),
        ];
        PolicyModule module = PolicyModule.Load(ScorerKind.Dharma, "test", PolicyBytes.WithBody(code, [1]));
        byte[] answer = new byte[AnswerFormat.MostBytes];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(16, module.Ask(_record, answer).Length);
            Assert.All(answer[4..16], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Ask_TheSameAThousandTimes_GivesTheSameBytesForTheSameFuel()
    {
        PolicyModule module = PolicyModule.Load(ScorerKind.Dharma, "embedded", EmbeddedModules.Of(ScorerKind.Dharma));
        byte[] first = new byte[AnswerFormat.MostBytes];
        ScorerAnswer expected = module.Ask(_record, first);
        Assert.InRange(expected.Fuel, 1, 1000);
        byte[] answer = new byte[AnswerFormat.MostBytes];
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(expected, module.Ask(_record, answer));
            Assert.Equal(first, answer);
        }
    }

    private static string Refusal(ScorerKind kind, byte[] module) => Assert.Throws<ModuleException>(() => PolicyModule.Load(kind, "test", module)).Message;

    // The same with a section of imports behind its types; the function's indexes are not right any more, and need not be.
    private static byte[] WithImport(byte[] module)
    {
        byte[] import = ModuleBytes.Section(2, [1, .. ModuleBytes.Name("env"), .. ModuleBytes.Name("abort"), 3, 0x7F, 0]);
        int afterTypes = 8 + 2 + module[9];
        return [.. module[..afterTypes], .. import, .. module[afterTypes..]];
    }
}
