using System;
using System.Threading;
using WhiteMagic.Wasm.Execution;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm;

/// <summary>A function that an instance exports.</summary>
public sealed unsafe class WasmFunction
{
    private readonly WasmStore _store;
    private readonly Function* _function;
    private readonly FunctionType _type;
    private readonly bool _takesFunctions;

    // SAFETY: the function lies in a pinned array of an instance, which the store keeps.
    internal WasmFunction(WasmStore store, Function* function, FunctionType type)
    {
        _store = store;
        _function = function;
        _type = type;
        _takesFunctions = Array.IndexOf(type.Parameters, WasmType.FunctionReference) >= 0;
    }

    /// <summary>The types of its parameters.</summary>
    public ReadOnlySpan<WasmType> Parameters => _type.Parameters;

    /// <summary>The types of its results.</summary>
    public ReadOnlySpan<WasmType> Results => _type.Results;

    internal Function* Function => _function;

    internal FunctionType Type => _type;

    /// <summary>Calls it.</summary>
    /// <param name="arguments">One for each parameter; integers and the bits of floating-point numbers, those of 32 bits in the low half.</param>
    /// <param name="results">Room for one for each result. Those of 32 bits have zeroes in the high half. After a trap they are zeroes.</param>
    /// <param name="cancellation">Ends it from another thread.</param>
    /// <returns><see cref="WasmTrap.None"/> when it returned, or how it ended. After a trap the instance is as the trap left it: see <see cref="WasmInstance.Reset"/>.</returns>
    /// <exception cref="ArgumentException">There are not as many arguments or results as the function has, or a reference to a function is not null.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    public WasmTrap Call(ReadOnlySpan<ulong> arguments, Span<ulong> results, CancellationToken cancellation = default)
    {
        if (arguments.Length != _type.Parameters.Length || results.Length != _type.Results.Length)
        {
            throw new ArgumentException($"{arguments.Length} arguments and {results.Length} results, where the function has {_type.Parameters.Length} and {_type.Results.Length}", nameof(arguments));
        }

        if (_takesFunctions)
        {
            CheckReferences(arguments);
        }

        bool wasEntered = _store.Enter();
        try
        {
            WasmTrap trap = _store.Machine.Call(_function, arguments, results, wasEntered, cancellation);
            WasmType[] types = _type.Results;
            for (int i = 0; i < types.Length; i++)
            {
                results[i] = _store.Machine.Outside(types[i], results[i]);
            }

            return trap;
        }
        finally
        {
            _store.Leave(wasEntered);
        }
    }

    // A number that is no function would be called as one.
    private void CheckReferences(ReadOnlySpan<ulong> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (_type.Parameters[i] == WasmType.FunctionReference && arguments[i] != 0)
            {
                throw new ArgumentException("a reference to a function can only be null when it comes from the host", nameof(arguments));
            }
        }
    }

}
