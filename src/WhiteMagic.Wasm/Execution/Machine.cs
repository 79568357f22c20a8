using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;
using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Execution;

/// <summary>Runs register code: the stack, the fuel and the clock of a store.</summary>
internal sealed unsafe partial class Machine
{
    private const int PageBits = Memory.PageBits;

    // About 50 microseconds of work.
    private const long Slice = 50_000;

    // How often host functions may call back into each other's calls: each takes of the thread's own stack.
    private const int MostNesting = 50;

    private readonly ExecutionLimits _limits;
    private readonly TimeProvider _time;
    private readonly ulong[] _slots;
    private readonly Frame[] _frames;
    private readonly Instruction[] _ends = GC.AllocateArray<Instruction>(2, pinned: true);
    private readonly Instruction* _leave;
    private readonly Instruction* _exit;
    private readonly ulong* _slotsEnd;
    private readonly Frame* _framesEnd;
    private readonly List<WasmInstance> _instances = [];
    private readonly List<HostEntry> _hostFunctions = [];

    // Where a call from the host begins: above what runs already.
    private ulong* _slotsTop;
    private Frame* _framesTop;
    private int _nesting;

    // Fuel that may be used before the next look at the clock, and what is left besides.
    private long _slice;
    private long _reserve;
    private long _deadline;
    private CancellationToken _cancellation;

    // SAFETY: the arrays are pinned and live as long as this object.
    internal Machine(ExecutionLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _slots = GC.AllocateUninitializedArray<ulong>(limits.StackSlots, pinned: true);
        _frames = GC.AllocateArray<Frame>(limits.CallDepth + 1, pinned: true);
        _slotsTop = (ulong*)Unsafe.AsPointer(ref _slots[0]);
        _slotsEnd = _slotsTop + _slots.Length;
        _framesTop = (Frame*)Unsafe.AsPointer(ref _frames[0]);
        _framesEnd = _framesTop + _frames.Length;
        _ends[0] = new Instruction(Op.Leave);
        _ends[1] = new Instruction(Op.Exit);
        _leave = (Instruction*)Unsafe.AsPointer(ref _ends[0]);
        _exit = _leave + 1;
    }

    /// <summary>Fuel that the latest call has used.</summary>
    internal long FuelUsed { get; private set; }

    internal int Add(WasmInstance instance)
    {
        _instances.Add(instance);
        return _instances.Count - 1;
    }

    internal int Add(HostEntry function)
    {
        _hostFunctions.Add(function);
        return _hostFunctions.Count - 1;
    }

    /// <summary>Calls a function. Values of 32 bits are in the low half of theirs.</summary>
    internal WasmTrap Call(Function* function, ReadOnlySpan<ulong> arguments, Span<ulong> results, CancellationToken cancellation)
    {
        ulong* slots = _slotsTop;
        Frame* frames = _framesTop;
        if (slots + Math.Max(Math.Max(arguments.Length, results.Length), function->FrameSlots) > _slotsEnd || frames == _framesEnd || _nesting == MostNesting)
        {
            return WasmTrap.CallStackExhausted;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            slots[i] = arguments[i];
        }

        bool isFirst = _nesting++ == 0;
        if (isFirst)
        {
            _slice = Math.Min(Slice, _limits.Fuel);
            _reserve = _limits.Fuel - _slice;
            _deadline = 0;
            _cancellation = cancellation;
        }

        WasmTrap trap;
        try
        {
            if (function->Code == null)
            {
                trap = CallHost(function, slots, frames, null);
            }
            else
            {
                frames->Code = _exit;
                frames->Slots = slots;
                trap = Run(function, slots, frames + 1);
            }
        }
        finally
        {
            _slotsTop = slots;
            _framesTop = frames;
            _nesting--;
            FuelUsed = Math.Min(_limits.Fuel, _limits.Fuel - _reserve - _slice);
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = slots[i];
        }

        return trap;
    }

    // The slice is used up. Another one begins, unless there is no fuel or time left or nobody waits for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WasmTrap NextSlice()
    {
        long left = _reserve + _slice;
        if (left < 0)
        {
            return WasmTrap.OutOfFuel;
        }

        _slice = Math.Min(Slice, left);
        _reserve = left - _slice;
        if (_cancellation.IsCancellationRequested)
        {
            return WasmTrap.Cancelled;
        }

        long now = _time.GetTimestamp();
        if (_deadline == 0)
        {
            _deadline = now + (long)(_limits.Deadline.TotalSeconds * _time.TimestampFrequency);
        }

        return now < _deadline ? WasmTrap.None : WasmTrap.DeadlineExceeded;
    }

    // A host function may call back: that begins above what its caller uses.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WasmTrap CallHost(Function* function, ulong* window, Frame* frames, InstanceContext* caller)
    {
        HostEntry host = _hostFunctions[function->HostNumber];
        int parameterCount = host.Type.Parameters.Length;
        int resultCount = host.Type.Results.Length;
        ulong* end = window + parameterCount + resultCount;
        if (end > _slotsEnd)
        {
            return WasmTrap.CallStackExhausted;
        }

        _slotsTop = end;
        _framesTop = frames;
        var results = new Span<ulong>(window + parameterCount, resultCount);
        results.Clear();
        WasmTrap trap = host.Function(caller == null ? null : _instances[caller->Number], new ReadOnlySpan<ulong>(window, parameterCount), results);
        results.CopyTo(new Span<ulong>(window, resultCount));
        return trap;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Grow(InstanceContext* context, uint pages) => _instances[context->Number].Memory.Grow(pages);

    /// <summary>A checked build verifies that an instruction and the slots it names are those of a function of the module.</summary>
    [Conditional("WASM_CHECKED")]
    private void Verify(Instruction* instruction, ulong* slots) => VerifyAccess(instruction, slots);

    partial void VerifyAccess(Instruction* instruction, ulong* slots);
}
