using System;
using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Execution;

/// <summary>What the loop counts on, verified before each instruction.</summary>
internal sealed unsafe partial class Machine
{
    // Instructions that were verified, over all machines of a thread.
    [ThreadStatic]
    internal static long Verified;

    // How often each operation was, over all machines of a thread.
    [ThreadStatic]
    internal static long[]? Seen;

    private WasmModule? _verifiedModule;
    private CompiledFunction _verifiedFunction;

    partial void VerifyAccess(Instruction* instruction, ulong* slots)
    {
        Verified++;
        Seen ??= new long[(int)Op.MoveThenNe + 1];
        Seen[(int)instruction->Op]++;
        if (instruction == _exit || instruction == _leave)
        {
            return;
        }

        int word = Find(instruction);
        fixed (ulong* first = _slots)
        {
            Require(slots >= first && slots + _verifiedFunction.FrameSlots <= first + _slots.Length, "a frame lies outside of the slots");
        }

        Verify(instruction, word);
        if (instruction->Op is >= Op.I32Load8UThenEq and <= Op.MoveThenNe)
        {
            // The loop goes on without looking what comes.
            int words = Shapes.Words(instruction->Op);
            Op branch = (instruction->Op - Op.I32Load8UThenEq) % 2 == 0 ? Op.BranchI32EqImmediate : Op.BranchI32NeImmediate;
            Require((instruction + words)->Op == branch, "not the branch that was said to come");
            Verify(instruction + words, word + words);
        }
    }

    private void Verify(Instruction* instruction, int word)
    {
        Op op = instruction->Op;
        int end = word + Shapes.Words(op) + (op == Op.BranchTable ? 1 + *(int*)&instruction->B : 0);
        bool goesOn = op is not (Op.Unreachable or Op.Jump or Op.JumpBack or Op.BranchTable or Op.Return or Op.ReturnOne);
        Require(goesOn ? end < _verifiedFunction.End : end <= _verifiedFunction.End, "code runs on beyond the end of its function");
        VerifySlots(instruction);
        VerifyIndexes(instruction);
        VerifyTargets(instruction, word);
    }

    private void VerifySlots(Instruction* instruction)
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
            case Op.Call or Op.CallImport:
                VerifyWindow(instruction->A, _verifiedModule!.Types[_verifiedModule.Functions[*(int*)&instruction->B]]);
                break;
            case Op.CallIndirect:
                VerifyWindow(instruction->A, _verifiedModule!.Types[numbers[0]]);
                break;
            case >= Op.AddBranchBackI32Eq and <= Op.AddBranchBackI32GeU:
                Slot(*(int*)(instruction + 2));
                break;
        }
    }

    // What a call takes and gives is in the caller's frame.
    private void VerifyWindow(int start, FunctionType type) =>
        Require(start >= 0 && start + Math.Max(type.Parameters.Length, type.Results.Length) <= _verifiedFunction.FrameSlots, "a call's window lies outside of the frame");

    // What is no slot is a number that the loop, or what it stops for, takes as it is.
    private void VerifyIndexes(Instruction* instruction)
    {
        WasmModule module = _verifiedModule!;
        int number = *(int*)&instruction->B;
        int* numbers = (int*)(instruction + 1);
        switch (instruction->Op)
        {
            case Op.GlobalGet or Op.GlobalSet:
                Index(instruction->B, module.GlobalValues.Length);
                break;
            case Op.GlobalGetCell or Op.GlobalSetCell:
                Index(numbers[0], module.GlobalTypes.Length);
                break;
            case Op.Call:
                Index(number - (module.Functions.Length - module.Bodies.Length), module.Bodies.Length);
                break;
            case Op.CallImport:
                Index(number, module.Functions.Length - module.Bodies.Length);
                break;
            case Op.RefFunc:
                Index(number, module.Functions.Length);
                break;
            case Op.CallIndirect:
                Index(numbers[1], module.Tables.Length);
                break;
            case Op.TableGet or Op.TableSet:
                Index(instruction->C, module.Tables.Length);
                break;
            case Op.TableSize:
                Index(instruction->B, module.Tables.Length);
                break;
            case Op.TableGrow or Op.TableFill:
                Index(numbers[0], module.Tables.Length);
                break;
            case Op.TableCopy:
                Index(numbers[0], module.Tables.Length);
                Index(numbers[1], module.Tables.Length);
                break;
            case Op.TableInit:
                Index(numbers[0], module.Tables.Length);
                Index(numbers[1], module.Elements.Length);
                break;
            case Op.ElementDrop:
                Index(number, module.Elements.Length);
                break;
            case Op.MemoryInit:
                Index(numbers[0], module.Data.Length);
                break;
            case Op.DataDrop:
                Index(number, module.Data.Length);
                break;
        }
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

    private void Slot(int slot) => Index(slot, _verifiedFunction.FrameSlots);

    private static void Index(int index, int count) => Require((uint)index < (uint)count, "an index or slot beyond the last");

    private void Target(int word) => Require(word >= _verifiedFunction.Start && word < _verifiedFunction.End, "a branch out of its function");

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
                    _verifiedFunction = instance.Module.Compiled[FunctionAt(instance.Module.Compiled, word)];
                    break;
                }
            }
        }

        Require(word >= 0 && word < _verifiedFunction.End, "an instruction outside of every function");
        return word;
    }

    // The last that begins at the word or before it.
    private static int FunctionAt(CompiledFunction[] functions, int word)
    {
        (int low, int high) = (0, functions.Length - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = functions[middle].Start <= word ? (middle, high) : (low, middle - 1);
        }

        return low;
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
