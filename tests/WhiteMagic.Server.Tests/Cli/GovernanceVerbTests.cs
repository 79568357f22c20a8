using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Server.Tests.Governance.Scoring;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class GovernanceVerbTests
{
    [Fact]
    public void Load_APolicy_IsObeyedAndEnteredAndShown()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string policy = Path.Combine(shell.Folder, "policy.wasm");
        File.WriteAllBytes(policy, PolicyBytes.AnsweringWrites(RuleAction.Block, 0.75, "not today"));
        Assert.Contains("dharma: create_memory, an ordinary text     block, severity 0.75: not today", shell.Ok("governance", "test", policy), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shell.Root, "governance")));
        shell.Ok("governance", "load", policy);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(policy)));
        Assert.Contains(sha256, shell.Ok("governance", "list"), StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("remember", "a text"));
        Assert.Contains("rule dharma.wasm refuses create_memory: not today", shell.Error, StringComparison.Ordinal);
        shell.Ok("call", "gnosis", "--json");
        Assert.Contains("\"modules\":[{\"name\":\"dharma\",\"source\":\"governance/dharma.wasm\",\"sha256\":\"" + sha256, shell.Out, StringComparison.Ordinal);

        // Only its owner can take it out: it would refuse that too.
        shell.Ok("governance", "unload", "dharma");
        shell.Ok("remember", "a text");
        string entries = string.Concat(Directory.GetFiles(Path.Combine(shell.Root, "karma")).Select(File.ReadAllText));
        Assert.Contains("governance_load", entries, StringComparison.Ordinal);
        Assert.Contains("sha256:" + sha256, entries, StringComparison.Ordinal);
        Assert.Contains("dharma.wasm@" + sha256, entries, StringComparison.Ordinal);
        Assert.Contains("governance_unload", entries, StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("governance", "unload", "dharma"));
        Assert.Contains("there is no governance/dharma.wasm", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_WithAPolicy_SaysWhatItAdds()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string policy = Path.Combine(shell.Folder, "policy.wasm");
        File.WriteAllBytes(policy, PolicyBytes.Answering(RuleAction.Warn, 0.5, "slow down"));
        shell.Ok("governance", "load", policy);
        shell.Ok("call", "evaluate_ethics", "{\"tool\":\"create_memory\",\"arguments\":{\"content\":\"x\"}}", "--json");
        Assert.Contains("\"action\":\"warn\",\"score\":0.5,\"rules\":[{\"name\":\"dharma.wasm\",\"action\":\"warn\",\"severity\":0.5,\"explain\":\"slow down\"", shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModulesOfKarmaAndHarmony_AreWhatHealthIsReckonedWith()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string karma = Path.Combine(shell.Folder, "karma-of-ours.wasm"), harmony = Path.Combine(shell.Folder, "harmony-of-ours.wasm");
        File.WriteAllBytes(karma, PolicyBytes.Answering(ScorerKind.Karma, 2.5));
        File.WriteAllBytes(harmony, PolicyBytes.Answering(ScorerKind.Harmony, 0.375));
        Assert.Contains("debt 2.5", shell.Ok("governance", "test", karma), StringComparison.Ordinal);
        Assert.Contains("score 0.375", shell.Ok("governance", "test", harmony), StringComparison.Ordinal);
        shell.Ok("governance", "load", karma);
        shell.Ok("governance", "load", harmony);
        shell.Ok("call", "karma_report", "--json");
        Assert.Contains("\"debt\":2.5", shell.Out, StringComparison.Ordinal);
        shell.Ok("call", "harmony_vector", "--json");
        Assert.Contains("\"harmony_score\":0.375,", shell.Out, StringComparison.Ordinal);
        Assert.Contains("\nharmony     0.38 ", shell.Ok("status", "--watch", "--frames", "1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatIsNoPolicy_ChangesNothing()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string file = Path.Combine(shell.Folder, "policy.wasm");
        Assert.Equal(1, shell.Run("governance", "load", file));
        Assert.Contains("cannot be read", shell.Error, StringComparison.Ordinal);
        File.WriteAllText(file, "not a module");
        Assert.Equal(1, shell.Run("governance", "load", file));
        Assert.Contains("is not taken: magic header not detected", shell.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shell.Root, "governance")));
        Assert.Equal(1, shell.Run("governance", "test", file));
        Assert.Matches("dharma +median [0-9.]+ us, 99 % below [0-9.]+ us, fuel [1-9][0-9]*\n", shell.Ok("governance", "bench"));
        Assert.Contains("allow", shell.Ok("governance", "test"), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithAFileThatIsWrong_ReadsAndChangesNothing()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Directory.CreateDirectory(Path.Combine(shell.Root, "governance"));
        File.WriteAllText(Path.Combine(shell.Root, "governance", "dharma.wasm"), "damaged");
        Assert.Equal(1, shell.Run("remember", "a text"));
        Assert.Contains("create_memory was refused, since governance/dharma.wasm could not be taken", shell.Error, StringComparison.Ordinal);
        shell.Ok("recall", "quickstart");
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("governance/dharma.wasm could not be taken", shell.Out, StringComparison.Ordinal);
        Assert.Contains("none in force", shell.Ok("governance", "list"), StringComparison.Ordinal);
        shell.Ok("governance", "unload", "dharma");
        shell.Ok("remember", "a text");
    }

    [Fact]
    public void Examples_InCSharpAndInC_AreObeyed()
    {
        string[] tools = Lines("/bin/bash", [Repository.File("native/wasm-toolchain.sh"), "--find"]);
        Assert.SkipWhen(tools.Length != 2, "clang and wasm-ld are not installed as programs");
        using var shell = new Shell();
        string folder = Path.Combine(shell.Top, "policy-module");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Repository.File("examples/policy-module")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(folder, "build.sh")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["WMC"] = "dotnet " + Repository.File("artifacts/bin/WhiteMagic.KernelCompiler/release/wmc.dll");
        start.Environment["CLANG"] = $"{tools[0]} -fuse-ld={tools[1]}";
        (start.Environment["WMC_CLANG"], start.Environment["WMC_LLD"]) = (tools[0], tools[1]);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using (Process build = Process.Start(start)!)
        {
            string said = build.StandardOutput.ReadToEnd() + build.StandardError.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode == 0, said);
        }

        shell.Ok("init");
        shell.Ok("galaxy", "create", "vault");
        shell.Ok("governance", "load", Path.Combine(folder, "out", "codename.wasm"));
        shell.Ok("remember", "Project Condor flies");
        Assert.Equal(1, shell.Run("remember", "Project Falcon flies"));
        Assert.Contains("what is about Falcon belongs into the galaxy vault", shell.Error, StringComparison.Ordinal);
        shell.Ok("remember", "Project Falcon flies", "--galaxy", "vault");

        string id = shell.Remember("to be forgotten");
        shell.Ok("governance", "load", Path.Combine(folder, "out", "scratch.wasm"));
        Assert.Equal(1, shell.Run("forget", id));
        Assert.Contains("only the galaxy scratch may lose memories", shell.Error, StringComparison.Ordinal);
        shell.Ok("remember", "Project Falcon flies");
    }

    private static string[] Lines(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
