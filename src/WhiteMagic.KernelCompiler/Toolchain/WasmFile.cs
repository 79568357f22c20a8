using System;
using System.Collections.Generic;
using System.Text;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>What a finished module offers and demands, read from its sections.</summary>
internal sealed class WasmFile
{
    private const int HeaderBytes = 8;
    private const byte FunctionKind = 0;

    private readonly List<WasmSignature> _types = [];
    private readonly List<int> _functions = [];
    private readonly byte[] _bytes;
    private int _at;

    private WasmFile(byte[] bytes) => _bytes = bytes;

    internal int ImportCount { get; private set; }

    /// <summary>By name; a memory has no signature.</summary>
    internal SortedDictionary<string, WasmSignature?> Exports { get; } = new(StringComparer.Ordinal);

    internal static WasmFile Read(byte[] bytes)
    {
        var file = new WasmFile(bytes);
        try
        {
            file.ReadSections();
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException)
        {
            throw new CompilationException(Rules.Toolchain, "the linker's output is not a WebAssembly module");
        }

        return file;
    }

    private void ReadSections()
    {
        for (_at = HeaderBytes; _at < _bytes.Length;)
        {
            byte id = _bytes[_at++];
            int end = NextNumber() + _at;
            switch (id)
            {
                case 1:
                    Repeat(() =>
                    {
                        _at++;
                        _types.Add(new WasmSignature(NextTypes(), NextTypes()));
                    });
                    break;
                case 2:
                    ImportCount = NextNumber();
                    break;
                case 3:
                    Repeat(() => _functions.Add(NextNumber()));
                    break;
                case 7:
                    Repeat(NextExport);
                    break;
            }

            _at = end;
        }
    }

    private void NextExport()
    {
        int length = NextNumber();
        string name = Encoding.UTF8.GetString(_bytes, _at, length);
        _at += length;
        byte kind = _bytes[_at++];
        int index = NextNumber();
        Exports[name] = kind == FunctionKind && ImportCount == 0 ? _types[_functions[index]] : null;
    }

    private string[] NextTypes()
    {
        var types = new string[NextNumber()];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = _bytes[_at++] switch { 0x7F => "i32", 0x7E => "i64", 0x7D => "f32", 0x7C => "f64", var other => $"0x{other:x}" };
        }

        return types;
    }

    private void Repeat(Action next)
    {
        for (int i = NextNumber(); i > 0; i--)
        {
            next();
        }
    }

    // Unsigned LEB128.
    private int NextNumber()
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _bytes[_at++];
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
