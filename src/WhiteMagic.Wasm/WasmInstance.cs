using System;
using System.Runtime.CompilerServices;
using System.Threading;
using WhiteMagic.Wasm.Execution;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm;

/// <summary>A module with memory, tables and globals of its own, in a store.</summary>
public sealed unsafe class WasmInstance
{
    private readonly InstanceContext[] _context = GC.AllocateArray<InstanceContext>(1, pinned: true);
    private readonly Function[] _functions;
    private readonly ulong[] _globals;
    private readonly nint[] _globalCells;
    private readonly nint[] _tableStates;
    private readonly int[] _typeIds;
    private readonly bool[] _droppedElements;
    private readonly bool[] _droppedData;
    private Snapshot? _snapshot;

    // SAFETY: all that is pointed to lies in pinned arrays, of this instance, of the module, or of instances of the same store; the store keeps them.
    internal WasmInstance(WasmStore store, WasmModule module, WasmImports imports)
    {
        Store = store;
        Module = module;
        _functions = Pinned<Function>(module.Functions.Length);
        _globals = Pinned<ulong>(module.GlobalValues.Length);
        _globalCells = Pinned<nint>(module.GlobalTypes.Length);
        _tableStates = Pinned<nint>(module.Tables.Length);
        _typeIds = Pinned<int>(module.Types.Length);
        _droppedElements = new bool[module.Elements.Length];
        _droppedData = new bool[module.Data.Length];
        Tables = new Table[module.Tables.Length];
        for (int i = 0; i < _typeIds.Length; i++)
        {
            _typeIds[i] = store.TypeId(module.Types[i]);
        }

        var linker = new Linker(this, imports);
        linker.Link();
        Memory = linker.Memory ?? new Memory(module.Memories.Length > 0 ? module.Memories[0] : default, store.Limits);
        AddOwn();
        Context->Functions = First(_functions);
        Context->Globals = First(_globals);
        Context->GlobalCells = (ulong**)First(_globalCells);
        Context->Tables = (TableState**)First(_tableStates);
        Context->Memory = Memory.State;
        Context->TypeIds = First(_typeIds);
        Context->Number = store.Machine.Add(this);
        SetGlobals();
    }

    /// <summary>Where it lives.</summary>
    public WasmStore Store { get; }

    /// <summary>What it is an instance of.</summary>
    public WasmModule Module { get; }

    /// <summary>Bytes of its memory.</summary>
    public int MemoryBytes => Memory.Bytes.Length;

    internal InstanceContext* Context => First(_context);

    internal Memory Memory { get; }

    internal Table[] Tables { get; }

    /// <summary>Finds a function that it exports; null when there is none of that name.</summary>
    public WasmFunction? FindFunction(string name) =>
        Find(name, ExternKind.Function) is { } export ? new WasmFunction(Store, FunctionAt(export.Index), Module.Types[Module.Functions[export.Index]]) : null;

    /// <summary>Reads the value of a global that it exports; as with results, one of 32 bits has zeroes in the high half.</summary>
    /// <returns>Whether there is one of that name.</returns>
    public bool TryReadGlobal(string name, out ulong value)
    {
        Export? export = Find(name, ExternKind.Global);
        value = export is null ? 0 : Store.Machine.Outside(Module.GlobalTypes[export.Index].Value, *GlobalCell(export.Index));
        return export is not null;
    }

    /// <summary>Copies bytes out of its memory.</summary>
    /// <param name="address">Where they are; it may be anything.</param>
    /// <param name="bytes">Room for them.</param>
    /// <returns>Whether they all lie in memory; otherwise none are copied.</returns>
    public bool TryRead(ulong address, Span<byte> bytes)
    {
        bool isInside = TryFind(address, bytes.Length, out Span<byte> memory);
        memory.CopyTo(bytes);
        return isInside;
    }

    /// <summary>Copies bytes into its memory.</summary>
    /// <param name="address">Where they go; it may be anything.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>Whether there is memory for all of them; otherwise none are copied.</returns>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        return TryFind(address, bytes.Length, out Span<byte> memory) && bytes.TryCopyTo(memory);
    }

    /// <summary>
    /// Makes its own memory, tables, globals and segments what they were after instantiation: nothing of the calls since is left to read. What it
    /// imports stays as it is.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread is using the store, or the start function has not ended.</exception>
    public void Reset()
    {
        bool wasEntered = Store.Enter();
        try
        {
            Snapshot snapshot = _snapshot ?? throw new InvalidOperationException("its start function has not ended");
            snapshot.Restore(this, _globals, _droppedElements, _droppedData);
        }
        finally
        {
            Store.Leave(wasEntered);
        }
    }

    internal bool OwnsMemory => Module.Memories.Length > 0 && Find(ExternKind.Memory) == 0;

    internal int ImportedTableCount => Find(ExternKind.Table);

    internal WasmTrap Start(bool isFirst, CancellationToken cancellation)
    {
        WasmTrap trap = FillTables();
        trap = trap == WasmTrap.None ? FillMemory() : trap;
        if (trap == WasmTrap.None && Module.Start is { } start)
        {
            trap = Store.Machine.Call(FunctionAt(start), [], [], isFirst, cancellation);
        }

        _snapshot = new Snapshot(this, _globals, _droppedElements, _droppedData);
        return trap;
    }

    internal Export? Find(string name, ExternKind kind) => Array.Find(Module.Exports, export => export.Kind == kind && string.Equals(export.Name, name, StringComparison.Ordinal));

    internal Function* FunctionAt(int index) => First(_functions) + index;

    internal ulong* GlobalCell(int index) => (ulong*)_globalCells[index];

    internal void Import(int index, Function function) => _functions[index] = function;

    internal void Import(int index, ulong* global) => _globalCells[index] = (nint)global;

    internal void Import(int index, Table table) => (Tables[index], _tableStates[index]) = (table, (nint)table.State);

    /// <summary>How many references a segment has, none once it is dropped.</summary>
    internal int ElementCount(int segment) => _droppedElements[segment] ? 0 : Module.Elements[segment].Items.Length;

    /// <summary>Fills room with references of a segment, from one of them on.</summary>
    internal void CopyElements(int segment, int start, Span<ulong> room)
    {
        Constant[] items = Module.Elements[segment].Items;
        for (int i = 0; i < room.Length; i++)
        {
            room[i] = Evaluate(items[start + i]);
        }
    }

    internal void DropElements(int segment) => _droppedElements[segment] = true;

    /// <summary>The bytes of a segment, none once it is dropped.</summary>
    internal ReadOnlySpan<byte> DataOf(int segment) => _droppedData[segment] ? [] : Module.Bytes.AsSpan(Module.Data[segment].Start, Module.Data[segment].Length);

    internal void DropData(int segment) => _droppedData[segment] = true;

    private static T[] Pinned<T>(int count) => count == 0 ? [] : GC.AllocateArray<T>(count, pinned: true);

    private static T* First<T>(T[] pinned)
        where T : unmanaged => pinned.Length == 0 ? null : (T*)Unsafe.AsPointer(ref pinned[0]);

    // So many bytes of memory; none where they do not all lie in it.
    private bool TryFind(ulong address, int count, out Span<byte> bytes)
    {
        Span<byte> memory = Memory.Bytes;
        bool isInside = address <= (ulong)memory.Length && (ulong)count <= (ulong)memory.Length - address;
        bytes = isInside ? memory.Slice((int)address, count) : [];
        return isInside;
    }

    // How many things of a kind are imported.
    private int Find(ExternKind kind)
    {
        int count = 0;
        foreach (Import import in Module.Imports)
        {
            count += import.Kind == kind ? 1 : 0;
        }

        return count;
    }

    private void AddOwn()
    {
        int firstFunction = _functions.Length - Module.Bodies.Length;
        for (int i = 0; i < Module.Compiled.Length; i++)
        {
            Translation.CompiledFunction compiled = Module.Compiled[i];
            _functions[firstFunction + i] = new Function
            {
                Code = First(Module.Code) + compiled.Start,
                Owner = Context,
                ParameterCount = compiled.ParameterCount,
                LocalCount = compiled.LocalCount,
                FrameSlots = compiled.FrameSlots,
                Cost = compiled.Cost,
                TypeId = _typeIds[Module.Functions[firstFunction + i]],
                HostNumber = -1,
            };
        }

        for (int i = ImportedTableCount; i < Tables.Length; i++)
        {
            Import(i, new Table(Module.Tables[i], Store.Limits));
        }

        int firstGlobal = _globalCells.Length - _globals.Length;
        for (int i = 0; i < _globals.Length; i++)
        {
            Import(firstGlobal + i, First(_globals) + i);
        }
    }

    private void SetGlobals()
    {
        for (int i = 0; i < _globals.Length; i++)
        {
            _globals[i] = Evaluate(Module.GlobalValues[i]);
        }
    }

    private ulong Evaluate(Constant constant) => constant.Code switch
    {
        Opcode.GlobalGet => *GlobalCell((int)constant.Bits),
        Opcode.ReferenceFunction => (ulong)FunctionAt((int)constant.Bits),
        _ => constant.Bits,
    };

    private WasmTrap FillTables()
    {
        for (int i = 0; i < Module.Elements.Length; i++)
        {
            ElementSegment segment = Module.Elements[i];
            if (segment.Mode == SegmentMode.Active)
            {
                Span<ulong> items = Tables[segment.Table].Items;
                ulong at = (uint)Evaluate(segment.Offset);
                if (at + (ulong)segment.Items.Length > (ulong)items.Length)
                {
                    return WasmTrap.OutOfBoundsTableAccess;
                }

                CopyElements(i, 0, items.Slice((int)at, segment.Items.Length));
            }

            _droppedElements[i] = segment.Mode != SegmentMode.Passive;
        }

        return WasmTrap.None;
    }

    private WasmTrap FillMemory()
    {
        for (int i = 0; i < Module.Data.Length; i++)
        {
            DataSegment segment = Module.Data[i];
            if (segment.Mode == SegmentMode.Active)
            {
                if (!TryWrite((uint)Evaluate(segment.Offset), DataOf(i)))
                {
                    return WasmTrap.OutOfBoundsMemoryAccess;
                }

                _droppedData[i] = true;
            }
        }

        return WasmTrap.None;
    }
}
