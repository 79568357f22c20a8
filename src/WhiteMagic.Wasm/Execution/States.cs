using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Execution;

// What the loop sees of managed objects. All of it lies in pinned arrays, whose owners the store keeps for as long as it lives.

/// <summary>A function of an instance, its own or imported, or of the host.</summary>
internal unsafe struct Function
{
    /// <summary>Its first instruction; null for one of the host.</summary>
    internal Instruction* Code;

    /// <summary>The instance whose code it is.</summary>
    internal InstanceContext* Owner;
    internal int ParameterCount;
    internal int LocalCount;
    internal int FrameSlots;
    internal int Cost;

    /// <summary>Equal for equal types, in all of a store.</summary>
    internal int TypeId;

    /// <summary>Of the host: its number in the store.</summary>
    internal int HostNumber;
}

/// <summary>What an instance's code reaches.</summary>
internal unsafe struct InstanceContext
{
    internal Function* Functions;

    /// <summary>Its own globals.</summary>
    internal ulong* Globals;

    /// <summary>Where each global is, imported ones first.</summary>
    internal ulong** GlobalCells;
    internal TableState** Tables;
    internal MemoryState* Memory;

    /// <summary>The store's number of each of the module's types.</summary>
    internal int* TypeIds;

    /// <summary>The instance's number in the store.</summary>
    internal int Number;
}

/// <summary>Where a memory is, and how long.</summary>
internal unsafe struct MemoryState
{
    internal byte* Start;
    internal ulong Bytes;
}

/// <summary>Where a table's references are, and how many. A function is referred to by its address, something of the host by any other number; 0 is null.</summary>
internal unsafe struct TableState
{
    internal ulong* Items;
    internal int Count;
}

/// <summary>Where a call returns to.</summary>
internal unsafe struct Frame
{
    internal Instruction* Code;
    internal ulong* Slots;

    /// <summary>The caller's instance, in frames that Leave looks at.</summary>
    internal InstanceContext* Context;
}
