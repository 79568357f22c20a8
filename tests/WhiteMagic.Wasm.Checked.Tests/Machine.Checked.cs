using System;
using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Execution;

/// <summary>What the loop counts on, verified before each instruction.</summary>
internal sealed unsafe partial class Machine
{
    // Instructions that were verified, over all machines of a thread.
    [ThreadStatic]
    internal static long Verified;

    private WasmModule? _verifiedModule;
    private CompiledFunction _verifiedFunction;

    partial void VerifyAccess(Instruction* instruction, ulong* slots)
    {
        Verified++;
        if (instruction == _exit || instruction == _leave)
        {
            return;
        }

        int word = Find(instruction);
        int words = Shapes.Words(instruction->Op);
        Require(word + words <= _verifiedFunction.End, "an instruction ends outside of its function");
        fixed (ulong* first = _slots)
        {
            Require(slots >= first && slots + _verifiedFunction.FrameSlots <= first + _slots.Length, "a frame lies outside of the slots");
        }

        VerifySlots(instruction, words);
        VerifyTargets(instruction, word);
    }

    private void VerifySlots(Instruction* instruction, int words)
    {
        Op op = instruction->Op;
        int* numbers = (int*)(instruction + 1);
        if (Shapes.WritesA(op) || Shapes.ReadsA(op) || op is Op.MoveTwo or Op.MoveThenEq or Op.MoveThenNe or >= Op.AddBranchBackI32Eq and <= Op.AddBranchBackI32GeUImmediate
            or Op.I32Load8UThenEq or Op.I32Load8UThenNe or Op.I32Load8UWideThenEq or Op.I32Load8UWideThenNe)
        {
            Slot(instruction->A);
        }

        if (Shapes.ReadsB(op))
        {
            Slot(instruction->B);
        }

        if (Shapes.ReadsC(op))
        {
            Slot(instruction->C);
        }

        switch (op)
        {
            case Op.MoveMany:
                Slot(instruction->A + Math.Max(instruction->C - 1, 0));
                Slot(instruction->B + Math.Max(instruction->C - 1, 0));
                break;
            case Op.MoveTwo:
                Slot((instruction + 1)->A);
                Slot((instruction + 1)->B);
                break;
            case Op.Select:
                Slot(numbers[0]);
                break;
            case Op.Call or Op.CallImport or Op.CallIndirect:
                Require(instruction->A <= _verifiedFunction.FrameSlots, "a call's window begins outside of the frame");
                break;
            case >= Op.AddBranchBackI32Eq and <= Op.AddBranchBackI32GeU:
                Slot(*(int*)(instruction + 2));
                break;
        }

        Require(words is >= 1 and <= 3, "an instruction of no length");
    }

    private void VerifyTargets(Instruction* instruction, int word)
    {
        Op op = instruction->Op;
        switch (op)
        {
            case Op.Jump or Op.BranchIf or Op.BranchIfZero:
                Target(word + *(int*)&instruction->B);
                break;
            case Op.JumpBack or Op.BranchIfBack or Op.BranchIfZeroBack or (>= Op.BranchI32Eq and < Op.I32LoadSum) or (>= Op.AddBranchBackI32Eq and <= Op.AddBranchBackI32GeUImmediate):
                Target(word + *(int*)(instruction + 1));
                break;
            case Op.BranchTable:
                int count = *(int*)&instruction->B;
                for (int i = 0; i <= count; i++)
                {
                    Target(word + i + *(int*)(instruction + 1 + i));
                }

                break;
            case Op.Charge:
                Target(word + 1 + instruction->A);
                break;
        }
    }

    private void Slot(int slot) => Require(slot >= 0 && slot < _verifiedFunction.FrameSlots, $"slot {slot} of {_verifiedFunction.FrameSlots}");

    private void Target(int word) => Require(word >= _verifiedFunction.Start && word < _verifiedFunction.End, $"a branch to word {word}, where the function has {_verifiedFunction.Start} to {_verifiedFunction.End}");

    // The word of an instruction, in the function that it must be in.
    private int Find(Instruction* instruction)
    {
        if (_verifiedModule is null || !Contains(_verifiedModule, instruction, out int word) || word < _verifiedFunction.Start || word >= _verifiedFunction.End)
        {
            word = -1;
            foreach (WasmInstance instance in _instances)
            {
                if (Contains(instance.Module, instruction, out word))
                {
                    _verifiedModule = instance.Module;
                    int at = Array.FindLastIndex(instance.Module.Compiled, function => function.Start <= word);
                    _verifiedFunction = instance.Module.Compiled[at];
                    break;
                }
            }
        }

        Require(word >= 0 && word < _verifiedFunction.End, "an instruction outside of every function");
        return word;
    }

    private static bool Contains(WasmModule module, Instruction* instruction, out int word)
    {
        fixed (Instruction* code = module.Code)
        {
            long at = instruction - code;
            word = at >= 0 && at < module.Code.Length ? (int)at : -1;
        }

        return word >= 0;
    }

    private static void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException("the translator broke its promise: " + otherwise);
        }
    }
}
