using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Scoring;

[Collection(MeasuredAlone.Name)]
public sealed class PolicyModulesTests : IDisposable
{
    private static readonly bool _isFull = Environment.GetEnvironmentVariable("WM_FULL") == "1";
    private static readonly byte[] _record = Probes.Of(ScorerKind.Dharma);

    // At writes only, so that it is taken.
    private static readonly byte[] _failsAtWrites =
        PolicyBytes.WithBody([0x20, 0, 0x28, 2, 4, 0x41, 2, 0x46, 0x04, 0x40, 0x00, 0x0B, .. PolicyBytes.Constant(PolicyBytes.AnswerAt, 16)], [1, .. new byte[15]]);

    private readonly TemporaryFolder _root = new();
    private readonly List<string> _reports = [];
    private readonly Steps _time = new();
    private readonly PolicyModules _modules;

    public PolicyModulesTests() => _modules = Make();

    private string File => Path.Combine(_root.Path, "governance", "dharma.wasm");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Ask_WithoutFiles_IsAnsweredByTheEmbeddedModules()
    {
        Assert.All(_modules.States, state => Assert.Equal(("embedded", ""), (state.Source, state.Problem)));
        Assert.Equal((RuleAction)0, Ask().Action);
        Assert.All(_modules.States, state => Assert.Equal(64, state.Sha256.Length));
    }

    [Fact]
    public void Ask_AFileThatComesAndGoes_IsObeyedWhileItIsThere()
    {
        Ask();
        Put(PolicyBytes.Answering(RuleAction.Warn, 0.25, "careful"));
        Assert.Equal((RuleAction.Warn, 0.25), Ask());
        Assert.Equal("governance/dharma.wasm", _modules.States[0].Source);
        Put(PolicyBytes.Answering(RuleAction.Block, 1));
        Assert.Equal((RuleAction.Block, 1), Ask());
        System.IO.File.Delete(File);
        _modules.Reload();
        Assert.Equal((RuleAction)0, Ask().Action);
        Assert.Equal("embedded", _modules.States[0].Source);
    }

    [Fact]
    public void Ask_AFileThatIsWrongLater_ChangesNothing()
    {
        Put(PolicyBytes.Answering(RuleAction.Warn, 0.25));
        string sha256 = _modules.States[0].Sha256;
        Put([1, 2, 3]);
        Assert.Equal((RuleAction.Warn, 0.25), Ask());
        Assert.Equal(sha256, _modules.States[0].Sha256);
        Assert.Contains("governance/dharma.wasm could not be taken: unexpected end", _modules.States[0].Problem, StringComparison.Ordinal);
        Assert.Contains("the module before it stays in force", Assert.Single(_reports), StringComparison.Ordinal);
        Put(PolicyBytes.Answering(RuleAction.Block, 1));
        Assert.Equal("", _modules.States[0].Problem);
    }

    [Fact]
    public void Ask_AFileThatIsWrongFromTheBeginning_GetsNoAnswer()
    {
        Put([1, 2, 3], reload: false);
        PolicyModules modules = Make();
        ScorerAnswer answer = modules.Ask(ScorerKind.Dharma, _record, new byte[AnswerFormat.MostBytes]);
        Assert.Equal((0, ""), (answer.Length, answer.Sha256));
        Assert.Contains("could not be taken", answer.Failure, StringComparison.Ordinal);
        Put(PolicyBytes.Answering(RuleAction.Warn, 0.5), reload: false);
        modules.Reload();
        Assert.True(modules.Ask(ScorerKind.Dharma, _record, new byte[AnswerFormat.MostBytes]).Length > 0);
    }

    [Fact]
    public void Ask_AModuleThatFailsThreeTimes_IsSetAside()
    {
        Put(_failsAtWrites);
        byte[] write = PolicyBytes.RecordOfAWrite();
        byte[] answer = new byte[AnswerFormat.MostBytes];
        for (int i = 0; i < 2; i++)
        {
            Assert.Contains("ended in the trap unreachable", _modules.Ask(ScorerKind.Dharma, write, answer).Failure, StringComparison.Ordinal);
        }

        // An answer begins the count anew.
        Assert.True(_modules.Ask(ScorerKind.Dharma, _record, answer).Length > 0);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(System.IO.File.Exists(File));
            Assert.Equal(0, _modules.Ask(ScorerKind.Dharma, write, answer).Length);
        }

        Assert.False(System.IO.File.Exists(File));
        Assert.True(System.IO.File.Exists(File + ".rejected"));
        Assert.True(_modules.Ask(ScorerKind.Dharma, write, answer).Length > 0);
        Assert.Equal("embedded", _modules.States[0].Source);
        Assert.Contains("was set aside as dharma.wasm.rejected after 3 failures in a row", _modules.States[0].Problem, StringComparison.Ordinal);
        Assert.Contains(_reports, report => report.Contains("was set aside", StringComparison.Ordinal));
    }

    [Fact]
    public void Ask_AModuleThatFailsAndCannotBeRenamed_StaysOutUntilItsFileChanges()
    {
        Put(_failsAtWrites);
        Directory.CreateDirectory(Path.Combine(File + ".rejected", "in the way"));
        byte[] write = PolicyBytes.RecordOfAWrite();
        byte[] answer = new byte[AnswerFormat.MostBytes];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, _modules.Ask(ScorerKind.Dharma, write, answer).Length);
        }

        Assert.True(System.IO.File.Exists(File));
        Assert.Contains(_reports, report => report.Contains("could not be renamed", StringComparison.Ordinal));
        Assert.Contains("is out of force in this process after 3 failures", _modules.States[0].Problem, StringComparison.Ordinal);
        _time.Advance();
        Assert.True(_modules.Ask(ScorerKind.Dharma, write, answer).Length > 0);
        Assert.Equal("embedded", _modules.States[0].Source);
        Put(PolicyBytes.Answering(RuleAction.Warn, 0.25));
        Assert.Equal((RuleAction.Warn, 0.25), Ask());
    }

    [Fact]
    public void Ask_AModuleThatFailsAfterItsFileWasCorrected_IsReplacedAndNotSetAside()
    {
        Put(_failsAtWrites);
        Ask();
        Put(PolicyBytes.Answering(RuleAction.Block, 1), reload: false);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, _modules.Ask(ScorerKind.Dharma, PolicyBytes.RecordOfAWrite(), new byte[AnswerFormat.MostBytes]).Length);
        }

        Assert.True(System.IO.File.Exists(File));
        Assert.Equal((RuleAction.Block, 1), Ask());
        Assert.Equal("", _modules.States[0].Problem);
    }

    [Fact]
    public void Ask_RecordsThatAreTooMuchForAModule_AreRefusedAndDoNotSetItAside()
    {
        // It has one page of memory.
        Put(PolicyBytes.Answering(RuleAction.Block, 0));
        byte[] large = [.. PolicyBytes.RecordOfAWrite(), .. new byte[64 * 1024]];
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(0, _modules.Ask(ScorerKind.Dharma, large, new byte[AnswerFormat.MostBytes]).Length);
        }

        Assert.True(System.IO.File.Exists(File));
        Assert.Equal(RuleAction.Block, Ask().Action);
    }

    [Fact]
    public void Ask_RecordsOfOrdinaryLengthThatAModuleFailsAt_SetItAside()
    {
        // It fails where the record is longer than the trial's.
        byte[] code = [0x20, 1, 0x41, .. Wasm.Tests.Support.ModuleBytes.Signed(4096), 0x4A, 0x04, 0x40, 0x00, 0x0B, .. PolicyBytes.Constant(PolicyBytes.AnswerAt, 16)];
        Put(PolicyBytes.WithBody(code, [1, .. new byte[15]]));
        byte[] longer = [.. PolicyBytes.RecordOfAWrite(), .. new byte[8000]];
        for (int i = 0; i < 3; i++)
        {
            Assert.True(System.IO.File.Exists(File));
            Assert.Equal(0, _modules.Ask(ScorerKind.Dharma, longer, new byte[AnswerFormat.MostBytes]).Length);
        }

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Try_AModuleThatFails_SetsNothingAside()
    {
        Put(_failsAtWrites);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(0, _modules.Try(ScorerKind.Dharma, PolicyBytes.RecordOfAWrite(), new byte[AnswerFormat.MostBytes]).Length);
        }

        Assert.True(System.IO.File.Exists(File));
        Assert.Equal("governance/dharma.wasm", _modules.States[0].Source);
    }

    [Theory]
    [InlineData("a folder in its place")]
    [InlineData("a link to a folder")]
    [InlineData("a link to nothing")]
    [InlineData("a file as the folder")]
    public void Start_WhatIsThereIsNoFile_IsNotTakenForAbsent(string what)
    {
        string folder = Path.GetDirectoryName(File)!;
        if (what == "a file as the folder")
        {
            System.IO.File.WriteAllText(folder, "");
        }
        else
        {
            Directory.CreateDirectory(folder);
            _ = what == "a folder in its place" ? Directory.CreateDirectory(File) : System.IO.File.CreateSymbolicLink(File, what == "a link to a folder" ? _root.Path : Path.Combine(_root.Path, "nothing"));
        }

        Assert.Equal(0, _modules.Ask(ScorerKind.Dharma, _record, new byte[AnswerFormat.MostBytes]).Length);
        Assert.Contains("governance/dharma.wasm could not be taken", _modules.States[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void States_AfterAModuleWasSetAside_SayItInOtherProcessesToo()
    {
        Put(_failsAtWrites);
        for (int i = 0; i < 3; i++)
        {
            _modules.Ask(ScorerKind.Dharma, PolicyBytes.RecordOfAWrite(), new byte[AnswerFormat.MostBytes]);
        }

        PolicyModules other = Make();
        Assert.Contains("was set aside as dharma.wasm.rejected", other.States[0].Problem, StringComparison.Ordinal);
        System.IO.File.Delete(File + ".rejected");
        other.Reload();
        Assert.Equal("", other.States[0].Problem);
    }

    [Fact]
    public void Reload_WhileFourThreadsAsk_DropsNothingAndMixesNothing()
    {
        byte[][] policies = [PolicyBytes.Answering(RuleAction.Log, 0.25, "one"), PolicyBytes.Answering(RuleAction.Throttle, 0.75, "the other")];
        Put(policies[0]);
        int reloads = _isFull ? 1000 : 200;
        long asked = 0;
        var wrong = new List<string>();
        using var end = new CancellationTokenSource();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            byte[] answer = new byte[AnswerFormat.MostBytes];
            while (!end.IsCancellationRequested)
            {
                ScorerAnswer given = _modules.Ask(ScorerKind.Dharma, _record, answer);
                string said = given.Length == 0 ? given.Failure : $"{AnswerFormat.FirstOf(answer)} {AnswerFormat.NumberOf(answer):0.00} {AnswerFormat.ReasonOf(answer.AsSpan(0, given.Length))}";
                Interlocked.Increment(ref asked);
                if (said is not ("1 0.25 one" or "4 0.75 the other"))
                {
                    lock (wrong)
                    {
                        wrong.Add(said);
                    }
                }
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        long before = 0;
        for (int i = 0; i < reloads; i++)
        {
            Put(policies[i % 2]);
            if (i == reloads / 10)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        end.Cancel();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.Empty(wrong);
        Assert.Empty(_reports);
        Assert.InRange(asked, reloads, long.MaxValue);
        Assert.InRange(after - before, long.MinValue, 4 << 20);
    }

    private PolicyModules Make() => new(_root.Path, _time, path => System.IO.File.GetLastWriteTimeUtc(path).Ticks, mayChange: true, report =>
    {
        lock (_reports)
        {
            _reports.Add(report);
        }
    });

    private (RuleAction Action, double Severity) Ask()
    {
        byte[] answer = new byte[AnswerFormat.MostBytes];
        ScorerAnswer given = _modules.Ask(ScorerKind.Dharma, _record, answer);
        Assert.True(given.Length > 0, given.Failure);
        return ((RuleAction)AnswerFormat.FirstOf(answer), AnswerFormat.NumberOf(answer));
    }

    private void Put(byte[] module, bool reload = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllBytes(File + ".new", module);
        System.IO.File.Move(File + ".new", File, overwrite: true);
        if (reload)
        {
            _modules.Reload();
        }
    }

    /// <summary>A clock that goes on, and may jump to when files are looked at again.</summary>
    private sealed class Steps : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + _ahead;

        public void Advance() => _ahead += TimestampFrequency;
    }
}
