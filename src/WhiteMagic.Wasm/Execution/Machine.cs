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

    // Where the loop is while it is stopped.
    private Instruction* _p;
    private ulong* _fp;
    private Frame* _top;
    private InstanceContext* _context;
    private WasmTrap _trap;

    // What it is to call, and with the window of which slots.
    private Function* _callee;
    private ulong* _window;

    // Where a call from the host begins: above what runs already.
    private ulong* _slotsTop;
    private Frame* _framesTop;
    private int _nesting;

    // Fuel that may be used before the next look at the clock, and what is left besides.
    private long _slice;
    private long _reserve;
    private long? _began;
    private CancellationToken _cancellation;

    // SAFETY: the arrays are pinned and live as long as this object.
    internal Machine(ExecutionLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _reserve = limits.Fuel;
        _slots = GC.AllocateUninitializedArray<ulong>(limits.StackSlots, pinned: true);
        _frames = GC.AllocateArray<Frame>(limits.CallDepth, pinned: true);
        _slotsEnd = (ulong*)Unsafe.AsPointer(ref _slots[0]) + _slots.Length;
        _framesEnd = (Frame*)Unsafe.AsPointer(ref _frames[0]) + _frames.Length;
        _ends[0] = new Instruction(Op.Leave);
        _ends[1] = new Instruction(Op.Exit);
        _leave = (Instruction*)Unsafe.AsPointer(ref _ends[0]);
        _exit = _leave + 1;
    }

    /// <summary>Fuel that the latest call has used.</summary>
    internal long FuelUsed => Math.Min(_limits.Fuel, _limits.Fuel - _reserve - _slice);

    /// <summary>A value as the host sees it: one of 32 bits has zeroes in the high half, and what is not a number has one form.</summary>
    internal ulong Outside(WasmType type, ulong bits) => type switch
    {
        WasmType.I32 => (uint)bits,
        WasmType.F32 => _limits.CanonicalNaN ? Numbers.Canonical32((uint)bits) : (uint)bits,
        WasmType.F64 when _limits.CanonicalNaN => Numbers.Canonical64(bits),
        _ => bits,
    };

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

    /// <summary>Calls a function. Values of 32 bits are in the low half of theirs. It is the first when no function that a module called makes it.</summary>
    internal WasmTrap Call(Function* function, ReadOnlySpan<ulong> arguments, Span<ulong> results, bool isFirst, CancellationToken cancellation)
    {
        if (isFirst)
        {
            _slice = Math.Min(Slice, _limits.Fuel);
            _reserve = _limits.Fuel - _slice;
            _began = null;
            _cancellation = cancellation;
            _slotsTop = (ulong*)Unsafe.AsPointer(ref _slots[0]);
            _framesTop = (Frame*)Unsafe.AsPointer(ref _frames[0]);
            _nesting = 0;
        }

        ulong* slots = _slotsTop;
        Frame* frames = _framesTop;
        if (slots + Math.Max(Math.Max(arguments.Length, results.Length), function->FrameSlots) > _slotsEnd || frames == _framesEnd || _nesting == MostNesting)
        {
            results.Clear();
            return WasmTrap.CallStackExhausted;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            slots[i] = arguments[i];
        }

        WasmTrap trap;
        if (function->Code == null)
        {
            trap = CallHost(function, slots, frames, null);
        }
        else
        {
            *frames = new Frame { Code = _exit, Slots = slots };
            Enter(function, slots, frames + 1);
            trap = Run();
        }

        for (int i = 0; i < results.Length; i++)
        {
            // After a trap the slots hold whatever was there.
            results[i] = trap == WasmTrap.None ? slots[i] : 0;
        }

        return trap;
    }

    // The loop, and what it stops for.
    private WasmTrap Run()
    {
        while (true)
        {
            WasmTrap trap = _slice < 0 ? NextSlice() : WasmTrap.None;
            if (trap != WasmTrap.None)
            {
                return trap;
            }

            switch (Loop())
            {
                case Pause.Returned:
                    return WasmTrap.None;
                case Pause.Slice:
                    break;
                case Pause.Storage:
                    trap = Storage(_context, _p, _fp);
                    _p += Shapes.Words(_p->Op);
                    break;
                case Pause.Call:
                    trap = CallOutside();
                    break;
                default:
                    return _trap;
            }

            if (trap != WasmTrap.None)
            {
                return trap;
            }
        }
    }

    // The loop will begin with the function, whose parameters are in its slots.
    private void Enter(Function* function, ulong* slots, Frame* top)
    {
        new Span<ulong>(slots + function->ParameterCount, function->LocalCount - function->ParameterCount).Clear();
        _p = function->Code;
        _fp = slots;
        _top = top;
        _context = function->Owner;
        _slice -= function->Cost;
    }

    private WasmTrap CallOutside()
    {
        Function* callee = _callee;
        if (callee->Code == null)
        {
            // It may call back, which moves where the loop is.
            Instruction* p = _p;
            ulong* fp = _fp;
            Frame* top = _top;
            InstanceContext* context = _context;
            WasmTrap trap = CallHost(callee, _window, top, context);
            _p = p;
            _fp = fp;
            _top = top;
            _context = context;
            return trap;
        }

        if (_window + callee->FrameSlots > _slotsEnd || _framesEnd - _top < 2)
        {
            return WasmTrap.CallStackExhausted;
        }

        // The callee returns to Leave, which comes back here.
        _top[0] = new Frame { Code = _p, Slots = _fp, Context = _context };
        _top[1] = new Frame { Code = _leave, Slots = _fp };
        Enter(callee, _window, _top + 2);
        return WasmTrap.None;
    }

    // The slice is used up. Another one begins, unless there is no fuel or time left or nobody waits for it.
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
        _began ??= now;
        return now - _began < _limits.Deadline.TotalSeconds * _time.TimestampFrequency ? WasmTrap.None : WasmTrap.DeadlineExceeded;
    }

    // A host function may call back: that begins above what its caller uses.
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

        (nint slotsBefore, nint framesBefore) = ((nint)_slotsTop, (nint)_framesTop);
        _slotsTop = end;
        _framesTop = frames;
        _nesting++;
        try
        {
            var results = new Span<ulong>(window + parameterCount, resultCount);
            results.Clear();
            for (int i = 0; i < parameterCount; i++)
            {
                window[i] = Outside(host.Type.Parameters[i], window[i]);
            }

            WasmTrap trap = host.Function(caller == null ? null : _instances[caller->Number], new ReadOnlySpan<ulong>(window, parameterCount), results);
            for (int i = 0; i < resultCount; i++)
            {
                // The host has no functions to refer to: another number would be called as one.
                window[i] = host.Type.Results[i] == WasmType.FunctionReference ? 0 : results[i];
            }

            return trap;
        }
        finally
        {
            _slotsTop = (ulong*)slotsBefore;
            _framesTop = (Frame*)framesBefore;
            _nesting--;
        }
    }

    /// <summary>A checked build verifies that an instruction and the slots it names are those of a function of the module.</summary>
    [Conditional("WASM_CHECKED")]
    private void Verify(Instruction* instruction, ulong* slots) => VerifyAccess(instruction, slots);

    partial void VerifyAccess(Instruction* instruction, ulong* slots);
}
