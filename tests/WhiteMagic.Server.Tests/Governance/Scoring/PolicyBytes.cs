using System;
using System.Text;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Scoring;

/// <summary>Makes governance modules byte by byte. Memory has a page; records come to <see cref="RecordAt"/>, and the answer lies at <see cref="AnswerAt"/>.</summary>
internal static class PolicyBytes
{
    internal const int AnswerAt = 16;
    internal const int RecordAt = 8192;

    /// <summary>The record that modules are tried with, of a write.</summary>
    internal static byte[] RecordOfAWrite()
    {
        byte[] record = Probes.Of(ScorerKind.Dharma);
        record[4] = 2;
        return record;
    }

    /// <summary>A module that always answers this.</summary>
    internal static byte[] Answering(RuleAction? action, double severity, string reason = "")
    {
        byte[] answer = Answer(action, severity, reason);
        return WithBody(Constant(AnswerAt, answer.Length), answer);
    }

    /// <summary>A module of karma or harmony that always answers this.</summary>
    internal static byte[] Answering(ScorerKind kind, double number) => WithBody(Constant(AnswerAt, 16), Answer(null, number, ""), kind);

    /// <summary>A module that answers this to writes, and nothing to others.</summary>
    internal static byte[] AnsweringWrites(RuleAction action, double severity, string reason)
    {
        byte[] answer = Answer(action, severity, reason);
        byte[] nothing = Answer(null, 0, "");
        byte[] code = [0x20, 0, 0x28, 2, 4, 0x41, 2, 0x46, 0x04, 0x7E, .. Constant(AnswerAt + nothing.Length, answer.Length), 0x05, .. Constant(AnswerAt, nothing.Length), 0x0B];
        return WithBody(code, [.. nothing, .. answer]);
    }

    private static byte[] Answer(RuleAction? action, double severity, string reason) =>
        [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes((int)(action ?? 0)), .. BitConverter.GetBytes(severity), .. Encoding.UTF8.GetBytes(reason)];

    /// <summary>The instruction that gives pointer and length of an answer.</summary>
    internal static byte[] Constant(long at, long length) => [0x42, .. ModuleBytes.Signed(at | (length << 32))];

    /// <summary>A module whose question has this body; locals 0 and 1 are the record's pointer and length.</summary>
    internal static byte[] WithBody(byte[] code, byte[] data, ScorerKind kind = ScorerKind.Dharma) => ModuleBytes.Module(
        ModuleBytes.Section(1, [3, 0x60, 0, 1, 0x7F, 0x60, 1, 0x7F, 1, 0x7F, 0x60, 2, 0x7F, 0x7F, 1, 0x7E]),
        ModuleBytes.Section(3, [3, 0, 1, 2]),
        ModuleBytes.Section(5, [1, 0, 1]),
        ModuleBytes.Section(6, [1, 0x7E, 1, 0x42, 0, 0x0B]),
        ModuleBytes.Section(7, [4, .. ModuleBytes.Name("memory"), 2, 0, .. ModuleBytes.Name("wm_abi_version"), 0, 0, .. ModuleBytes.Name("wm_alloc"), 0, 1, .. ModuleBytes.Name(ScorerNames.ExportOf(kind)), 0, 2]),
        Code(code),
        ModuleBytes.Section(11, [1, 0, 0x41, AnswerAt, 0x0B, .. ModuleBytes.Number((uint)data.Length), .. data]));

    private static byte[] Code(byte[] evaluate)
    {
        byte[] version = [0, 0x41, 1, 0x0B];
        byte[] allocate = [0, 0x41, .. ModuleBytes.Signed(RecordAt), 0x0B];
        byte[] body = [0, .. evaluate, 0x0B];
        return ModuleBytes.Section(10, [3, .. Sized(version), .. Sized(allocate), .. Sized(body)]);
    }

    private static byte[] Sized(byte[] body) => [.. ModuleBytes.Number((uint)body.Length), .. body];
}
