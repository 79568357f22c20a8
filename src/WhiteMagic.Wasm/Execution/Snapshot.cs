using System;

namespace WhiteMagic.Wasm.Execution;

/// <summary>What an instance was after instantiation.</summary>
internal sealed class Snapshot
{
    private readonly byte[] _memory;
    private readonly int _pages;
    private readonly ulong[][] _tables;
    private readonly ulong[] _globals;
    private readonly bool[] _droppedElements;
    private readonly bool[] _droppedData;

    internal Snapshot(WasmInstance instance, ulong[] globals, bool[] droppedElements, bool[] droppedData)
    {
        // Memory ends in zeroes, which need no room here.
        ReadOnlySpan<byte> memory = instance.OwnsMemory ? instance.Memory.Bytes : [];
        _pages = memory.Length >> Memory.PageBits;
        _memory = memory[..(memory.LastIndexOfAnyExcept((byte)0) + 1)].ToArray();
        int imported = instance.ImportedTableCount;
        _tables = new ulong[instance.Tables.Length - imported][];
        for (int i = 0; i < _tables.Length; i++)
        {
            _tables[i] = instance.Tables[imported + i].Items.ToArray();
        }

        _globals = globals.AsSpan().ToArray();
        _droppedElements = droppedElements.AsSpan().ToArray();
        _droppedData = droppedData.AsSpan().ToArray();
    }

    internal void Restore(WasmInstance instance, ulong[] globals, bool[] droppedElements, bool[] droppedData)
    {
        if (instance.OwnsMemory)
        {
            instance.Memory.Reset(_memory, _pages);
        }

        int imported = instance.Tables.Length - _tables.Length;
        for (int i = 0; i < _tables.Length; i++)
        {
            instance.Tables[imported + i].Reset(_tables[i]);
        }

        _globals.CopyTo(globals, 0);
        _droppedElements.CopyTo(droppedElements, 0);
        _droppedData.CopyTo(droppedData, 0);
    }
}
