using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>
/// Lowers one method. Blocks are visited as they are reached, so code behind a condition that is known to be false is neither checked nor made.
/// Where a block ends with values on the evaluation stack, they wait in slots for the next one.
/// </summary>
internal sealed class MethodLowering(ModuleLowering module, MethodCode code, IrFunction function)
{
    private readonly MethodFrame _frame = new(module, code, function);
    private readonly SortedDictionary<int, BlockEntry> _entries = [];
    private readonly Queue<BlockEntry> _waiting = new();
    private readonly Dictionary<(int Depth, IrType Type), IrLocal> _slots = [];

    internal void Run()
    {
        if (code.Body.ExceptionHandlingClauses.Count > 0)
        {
            module.Report(new CompilationException(Rules.ExceptionHandling, "there is a protected region"), code, code.Body.ExceptionHandlingClauses[0].TryOffset);
        }

        // The entry is a block of its own, because the method may loop back to its first instruction.
        var entry = new IrBlock("entry");
        _frame.Block = entry;
        var body = new IrInstruction.Jump(Reach(0));
        while (_waiting.TryDequeue(out BlockEntry? next))
        {
            Fill(next);
        }

        foreach (IrLocal local in _frame.UsedLocals)
        {
            entry.Instructions.Add(new IrInstruction.Zero(local));
        }

        entry.Instructions.Add(body);
        function.Blocks.Add(entry);
        function.Blocks.AddRange(_entries.Values.Select(e => e.Block));
    }

    /// <summary>The block at an offset, to which the current stack is handed over.</summary>
    internal IrBlock Reach(int offsetBytes)
    {
        if (!_entries.TryGetValue(offsetBytes, out BlockEntry? entry))
        {
            entry = new BlockEntry(offsetBytes, [.. _frame.Stack.Select(ToSlot)]);
            _entries[offsetBytes] = entry;
            _waiting.Enqueue(entry);
        }

        if (entry.Stack.Count != _frame.Stack.Count)
        {
            throw MethodFrame.Invalid($"the stack at IL_{offsetBytes:x4} depends on the way there");
        }

        for (int i = 0; i < entry.Stack.Count; i++)
        {
            if (entry.Stack[i].Operand is IrLocal slot && !ReferenceEquals(slot, _frame.Stack[i].Operand))
            {
                _frame.Emit(new IrInstruction.Copy(slot, _frame.Stack[i].Operand));
            }
        }

        return entry.Block;
    }

    private StackValue ToSlot(StackValue value, int depth)
    {
        if (value.Known is not null)
        {
            return new StackValue(IrConstant.Null, value.Known);
        }

        if (!_slots.TryGetValue((depth, value.Type), out IrLocal? slot))
        {
            slot = new IrLocal($"s{depth}_{_slots.Count}", value.Type);
            _slots[(depth, value.Type)] = slot;
            function.Locals.Add(slot);
        }

        return new StackValue(slot);
    }

    private void Fill(BlockEntry entry)
    {
        _frame.Block = entry.Block;
        _frame.IsBlockEnded = false;
        _frame.Stack.Clear();
        foreach (StackValue value in entry.Stack)
        {
            _frame.Stack.Add(value.Known is null ? new StackValue(CopyOf(value.Operand)) : value);
        }

        int next = entry.OffsetBytes;
        foreach (IlInstruction instruction in code.Block(entry.OffsetBytes))
        {
            Lower(instruction);
            next = instruction.NextBytes;
            if (_frame.IsBlockEnded)
            {
                return;
            }
        }

        if (!code.StartsBlock(next))
        {
            throw MethodFrame.Invalid("the method ends without ret");
        }

        _frame.Emit(new IrInstruction.Jump(Reach(next)));
    }

    private IrLocal CopyOf(IrOperand operand)
    {
        IrLocal copy = _frame.Temporary(operand.Type);
        _frame.Emit(new IrInstruction.Copy(copy, operand));
        return copy;
    }

    private void Lower(IlInstruction instruction)
    {
        StackValue[] before = [.. _frame.Stack];
        _frame.OffsetBytes = instruction.OffsetBytes;
        try
        {
            if (StackEffect.TakesPoison(_frame, instruction))
            {
                throw new AlreadyReportedException();
            }

            if (!BranchLowering.TryLower(_frame, this, instruction))
            {
                InstructionLowering.Lower(_frame, instruction);
            }
        }
        catch (Exception e) when (e is AlreadyReportedException or CompilationException)
        {
            if (code.EndsInThrow(instruction.OffsetBytes))
            {
                _frame.Trap();
                return;
            }

            if (e is CompilationException violation)
            {
                module.Report(violation, code, instruction.OffsetBytes);
            }

            StackEffect.Apply(_frame, instruction, before);
        }
    }

    /// <summary>A block and the slots in which it finds its stack.</summary>
    private sealed class BlockEntry(int offsetBytes, IReadOnlyList<StackValue> stack)
    {
        internal int OffsetBytes => offsetBytes;

        internal IReadOnlyList<StackValue> Stack => stack;

        internal IrBlock Block { get; } = new($"L{offsetBytes:x4}");
    }
}
