using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>
/// Calls the exports of a module here, on CoreCLR, and records what came of it; <see cref="Verify"/> demands the same from the scalar and the simd128
/// module. Classes that use it belong to the collection <see cref="KernelModules"/>.
/// </summary>
internal sealed unsafe class Tape
{
    private const int GuardBytes = 64;
    private const byte Guard = 0xA5;

    // The tape whose calls the static state of the exports belongs to.
    private static Tape? _recording;

    private readonly KernelModule _module;
    private readonly TapeFile _file = new();
    private readonly List<Block> _blocks = [];
    private int _calls;

    public Tape(string module)
    {
        _module = KernelModule.Find(module);
        _recording = this;
        Reset();
    }

    /// <summary>Calls recorded so far: the number that a difference is reported with.</summary>
    public int CallCount => _calls;

    /// <summary>Starts over in the same tape: module state as at first, and no block of before may be used.</summary>
    public void Reset()
    {
        CheckGuards();
        KernelState.Reset(_module);
        _file.AddReset();
    }

    /// <summary>Zeroed memory of the module, aligned to 16 bytes.</summary>
    public Ptr Alloc(int bytes)
    {
        byte* memory = (byte*)KernelMemory.TryAllocate((uint)bytes + GuardBytes);
        new Span<byte>(memory + bytes, GuardBytes).Fill(Guard);
        _file.AddAllocate(bytes);
        return Add(new Block(memory, bytes));
    }

    public void Write(Ptr target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(Address(target, bytes.Length), bytes.Length));
        _file.AddWrite(target, bytes);
    }

    /// <summary>Memory holding <paramref name="bytes"/>.</summary>
    public Ptr AllocWith(ReadOnlySpan<byte> bytes)
    {
        Ptr pointer = Alloc(bytes.Length);
        Write(pointer, bytes);
        return pointer;
    }

    /// <summary>Bytes that the modules must have at the same place.</summary>
    public byte[] Read(Ptr source, int bytes)
    {
        byte[] found = new ReadOnlySpan<byte>(Address(source, bytes), bytes).ToArray();
        _file.AddRead(source, found);
        return found;
    }

    /// <summary>For exports that return int, uint, long, ulong or nothing (0 then).</summary>
    public long Call(string export, params object[] arguments) => Invoke(export, arguments) switch
    {
        int value => value,
        uint value => value,
        long value => value,
        ulong value => (long)value,
        null => 0,
        _ => throw new ArgumentException($"{export} does not return an integer"),
    };

    /// <summary>For exports that return float or double.</summary>
    public double CallDouble(string export, params object[] arguments) =>
        Invoke(export, arguments) is object result and (float or double) ? Convert.ToDouble(result, CultureInfo.InvariantCulture) : throw new ArgumentException($"{export} returns no number with a fraction");

    /// <summary>For exports that return a pointer; <see cref="Ptr.Null"/> when it is null.</summary>
    public Ptr CallPointer(string export, params object[] arguments) =>
        Invoke(export, arguments) is Ptr pointer ? pointer : throw new ArgumentException($"{export} does not return a pointer");

    /// <summary>Replays the tape on both modules and fails with the first difference.</summary>
    public void Verify()
    {
        CheckGuards();
        Replay.Run(_module.Name, _file).ShouldSucceed($"{_module.Name}: a tape of {_calls} calls");
        foreach (Block block in _blocks)
        {
            if (block.Bytes >= 0)
            {
                KernelMemory.Free(block.Memory);
            }
        }

        _blocks.Clear();
    }

    private object? Invoke(string export, object[] arguments)
    {
        if (_recording != this)
        {
            throw new InvalidOperationException("another tape was begun: one at a time");
        }

        MethodInfo method = _module.Export(export);
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length != arguments.Length)
        {
            throw new ArgumentException($"{export} takes {parameters.Length} arguments");
        }

        object[] passed = new object[arguments.Length], recorded = new object[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            bool isPointer = parameters[i].ParameterType.IsPointer;
            recorded[i] = isPointer ? (Ptr)arguments[i] : ToNumber(arguments[i], parameters[i]);
            passed[i] = isPointer ? (nint)Address((Ptr)arguments[i], 0) : recorded[i];
        }

        object? result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, passed, null);
        if (result is Pointer pointer)
        {
            void* address = Pointer.Unbox(pointer);
            result = address == null ? Ptr.Null : Add(new Block((byte*)address, -1));
        }

        _calls++;
        _file.AddCall(export, recorded, result);
        return result;
    }

    private static object ToNumber(object value, ParameterInfo parameter)
    {
        bool isFraction = parameter.ParameterType == typeof(float) || parameter.ParameterType == typeof(double);
        return value is (float or double) && !isFraction
            ? throw new ArgumentException($"{parameter.Name} is an integer")
            : Convert.ChangeType(value, parameter.ParameterType, CultureInfo.InvariantCulture);
    }

    private Ptr Add(Block block)
    {
        _blocks.Add(block);
        return new Ptr(_blocks.Count - 1, 0);
    }

    private byte* Address(Ptr pointer, int bytes)
    {
        if (pointer.Block < 0)
        {
            return (byte*)(nint)pointer.Offset;
        }

        // SAFETY: the test names the block; blocks of Alloc know their length, for those of an export the test must.
        Block block = _blocks[pointer.Block];
        return block.Bytes < 0 || (pointer.Offset >= 0 && pointer.Offset + bytes <= block.Bytes)
            ? block.Memory + pointer.Offset
            : throw new ArgumentOutOfRangeException(nameof(pointer), $"{pointer}, {bytes} bytes: the block has {block.Bytes}");
    }

    private void CheckGuards()
    {
        for (int i = 0; i < _blocks.Count; i++)
        {
            if (_blocks[i].Bytes >= 0 && new ReadOnlySpan<byte>(_blocks[i].Memory + _blocks[i].Bytes, GuardBytes).ContainsAnyExcept(Guard))
            {
                Assert.Fail($"{_module.Name}: bytes behind block {i} were written, at or before call {_calls}");
            }
        }
    }

    /// <summary>Memory of Alloc with its length, or with -1 what an export returned.</summary>
    private readonly record struct Block(nint Start, int Bytes)
    {
        public Block(byte* memory, int bytes)
            : this((nint)memory, bytes)
        {
        }

        public byte* Memory => (byte*)Start;
    }
}
