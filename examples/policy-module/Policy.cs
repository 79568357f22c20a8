using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

[assembly: WasmModule("codename", typeof(Policy))]

// Nothing that mentions the project Falcon is stored outside of the galaxy "vault".
internal static unsafe class Policy
{
    private const int Write = 2;
    private const int Block = 6;
    private const int HeadBytes = 24;
    private const int RuleBytes = 16;
    private const int AnswerBytes = 16;

    private static ReadOnlySpan<byte> Codename => "Falcon"u8;

    private static ReadOnlySpan<byte> Vault => "vault"u8;

    private static ReadOnlySpan<byte> Why => "what is about Falcon belongs into the galaxy vault"u8;

    [WasmExport("wm_abi_version")]
    internal static int Version() => 1;

    [WasmExport("dharma_evaluate")]
    internal static ulong Evaluate(byte* pointer, int length)
    {
        var record = new ReadOnlySpan<byte>(pointer, length);
        int effect = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
        int at = HeadBytes + (BinaryPrimitives.ReadInt32LittleEndian(record[12..]) * RuleBytes);
        Text(record, ref at); // tool
        Text(record, ref at); // agent
        Text(record, ref at); // session
        ReadOnlySpan<byte> galaxy = Text(record, ref at);
        Text(record, ref at); // rules
        ReadOnlySpan<byte> arguments = Text(record, ref at);
        return effect == Write && arguments.IndexOf(Codename) >= 0 && !galaxy.SequenceEqual(Vault) ? Answer(Block, 0.8, Why) : Answer(0, 0, default);
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> record, ref int at)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(record[at..]);
        ReadOnlySpan<byte> text = record.Slice(at + sizeof(int), length);
        at += sizeof(int) + length;
        return text;
    }

    private static ulong Answer(int action, double severity, ReadOnlySpan<byte> reason)
    {
        int length = AnswerBytes + reason.Length;
        byte* block = (byte*)Allocate((uint)length);
        if (block == null)
        {
            return 0;
        }

        var answer = new Span<byte>(block, length);
        BinaryPrimitives.WriteInt32LittleEndian(answer, 1);
        BinaryPrimitives.WriteInt32LittleEndian(answer[4..], action);
        BinaryPrimitives.WriteDoubleLittleEndian(answer[8..], severity);
        reason.CopyTo(answer[AnswerBytes..]);
        return (uint)(nuint)block | ((ulong)(uint)length << 32);
    }

    // In a module this is its own allocator; the body is for .NET.
    [WasmRuntime("wm_alloc")]
    private static void* Allocate(uint bytes) => NativeMemory.AllocZeroed(bytes);
}
