using System;
using System.Collections.Generic;
using System.Threading;
using WhiteMagic.Wasm.Execution;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm;

/// <summary>
/// Where instances of modules live and run, under one set of limits. Instances of a store may import from each other; it keeps all of them for as long
/// as it lives. One call runs in it at a time.
/// </summary>
public sealed class WasmStore
{
    private const int MostPages = short.MaxValue;
    private const int MostElements = 1 << 27;

    private readonly Dictionary<string, object> _typeIds = new(StringComparer.Ordinal);
    private int _isBusy;

    /// <summary>An empty store.</summary>
    /// <param name="limits">What its code may use.</param>
    /// <param name="time">What deadlines are measured by.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or memory or tables are to have more than can be.</exception>
    public WasmStore(ExecutionLimits? limits = null, TimeProvider? time = null)
    {
        Limits = limits ?? ExecutionLimits.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Limits.Fuel, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Limits.Deadline.Ticks, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(Limits.MemoryPages, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limits.MemoryPages, MostPages, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(Limits.TableElements, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limits.TableElements, MostElements, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Limits.CallDepth, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Limits.StackSlots, nameof(limits));
        Machine = new Machine(Limits, time ?? TimeProvider.System);
    }

    /// <summary>What its code may use.</summary>
    public ExecutionLimits Limits { get; }

    /// <summary>Fuel that the latest call has used; all of it when it ran out.</summary>
    public long FuelUsed => Machine.FuelUsed;

    internal Machine Machine { get; }

    /// <summary>Makes an instance: links what the module imports, fills tables and memory, and runs its start function.</summary>
    /// <param name="module">The module.</param>
    /// <param name="imports">All that it may import; nothing by default.</param>
    /// <param name="cancellation">Ends the start function.</param>
    /// <exception cref="WasmLinkException">It imports what is not among them or is another, or is larger than the limits.</exception>
    /// <exception cref="WasmTrapException">A segment does not fit, or the start function ended in a trap.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    public WasmInstance Instantiate(WasmModule module, WasmImports? imports = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        bool wasEntered = Enter();
        try
        {
            var instance = new WasmInstance(this, module, imports ?? WasmImports.None);
            WasmTrap trap = instance.Start(wasEntered, cancellation);
            return trap == WasmTrap.None ? instance : throw new WasmTrapException(trap);
        }
        finally
        {
            Leave(wasEntered);
        }
    }

    /// <summary>The number of a type, equal for equal types.</summary>
    internal int TypeId(FunctionType type)
    {
        string key = type.Key;
        if (!_typeIds.TryGetValue(key, out object? id))
        {
            _typeIds.Add(key, id = _typeIds.Count);
        }

        return (int)id;
    }

    /// <summary>Lets one thread in; a host function that it has called may come again.</summary>
    internal bool Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        int before = Interlocked.CompareExchange(ref _isBusy, thread, 0);
        return before == 0 || (before == thread ? false : throw new InvalidOperationException("the store is in use by another thread"));
    }

    internal void Leave(bool wasEntered)
    {
        if (wasEntered)
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }
}
