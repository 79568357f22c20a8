using System;

namespace WhiteMagic.Wasm.Model;

/// <summary>What a function, or a block, takes and gives.</summary>
internal sealed class FunctionType(WasmType[] parameters, WasmType[] results)
{
    internal WasmType[] Parameters => parameters;

    internal WasmType[] Results => results;

    internal bool IsEmpty => Parameters.Length == 0 && Results.Length == 0;

    internal bool IsSameAs(FunctionType other) => Parameters.AsSpan().SequenceEqual(other.Parameters) && Results.AsSpan().SequenceEqual(other.Results);

    /// <summary>The same for the same types, and for no others.</summary>
    internal string Key
    {
        get
        {
            Span<char> key = new char[Parameters.Length + Results.Length + 1];
            for (int i = 0; i < Parameters.Length; i++)
            {
                key[i] = (char)Parameters[i];
            }

            // A character that is no type.
            key[Parameters.Length] = '>';
            for (int i = 0; i < Results.Length; i++)
            {
                key[Parameters.Length + 1 + i] = (char)Results[i];
            }

            return new string(key);
        }
    }
}
