using System;
using System.Collections.Generic;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Reading;

/// <summary>Reads a module's sections and validates all but the bodies of functions.</summary>
internal ref partial struct ModuleReader
{
    private const int MostPages = 65_536;
    private const byte FunctionTypeForm = 0x60;

    private static ReadOnlySpan<byte> Magic => "\0asm"u8;

    private static ReadOnlySpan<byte> Version => [1, 0, 0, 0];

    private readonly ModuleContext _context;
    private readonly WasmModule _module;
    private readonly ModuleLimits _limits;
    private readonly List<FunctionType> _types = [];
    private readonly List<int> _functions = [];
    private readonly List<TableType> _tables = [];
    private readonly List<Extent> _memories = [];
    private readonly List<GlobalType> _globals = [];
    private int _importedFunctionCount;
    private int _importedGlobalCount;
    private ByteReader _reader;

    private ModuleReader(byte[] bytes, ModuleLimits limits)
    {
        _module = new WasmModule(bytes);
        _context = new ModuleContext(_module);
        _limits = limits;
        _reader = new ByteReader(bytes, 0, bytes.Length);
    }

    /// <summary>Reads a module whose bodies are not validated yet.</summary>
    internal static ModuleContext Read(byte[] bytes, ModuleLimits limits)
    {
        var reader = new ModuleReader(bytes, limits);
        reader.ReadSections();
        return reader._context;
    }

    private void ReadSections()
    {
        byte[] bytes = _module.Bytes;
        if (!_reader.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw _reader.Malformed("magic header not detected");
        }

        if (!_reader.Take(Version.Length).SequenceEqual(Version))
        {
            throw _reader.Malformed("unknown binary version");
        }

        int before = 0;
        for (int at = _reader.At; at < bytes.Length;)
        {
            _reader = new ByteReader(bytes, at, bytes.Length);
            byte id = _reader.Byte();
            int length = _reader.Length();
            _reader = new ByteReader(bytes, _reader.At, _reader.At + length);
            if (id != (byte)Section.Custom)
            {
                int place = Place(id);
                if (place <= before)
                {
                    throw _reader.Malformed("unexpected content after last section");
                }

                before = place;
            }

            ReadSection((Section)id);
            if (!_reader.IsAtEnd)
            {
                throw _reader.Malformed("section size mismatch");
            }

            at = _reader.End;
        }

        Finish();
    }

    // The count of data comes before the code, though its number is the last.
    private readonly int Place(byte id) => (Section)id switch
    {
        > Section.DataCount => throw _reader.Malformed("malformed section id"),
        Section.DataCount => (int)Section.Code,
        >= Section.Code => id + 1,
        _ => id,
    };

    private void Finish()
    {
        if (_module.Bodies.Length != _functions.Count - _importedFunctionCount)
        {
            throw _reader.Malformed("function and code section have inconsistent lengths");
        }

        if (_context.DataCount is { } count && count != _module.Data.Length)
        {
            throw _reader.Malformed("data count and data section have inconsistent lengths");
        }

        if (_memories.Count > 1)
        {
            throw _reader.Invalid("multiple memories");
        }

        _module.Types = [.. _types];
        _module.Functions = [.. _functions];
        _module.Tables = [.. _tables];
        _module.Memories = [.. _memories];
        _module.GlobalTypes = [.. _globals];
    }

    private void ReadSection(Section section)
    {
        switch (section)
        {
            case Section.Custom:
                _reader.Name();
                _reader.Take(_reader.End - _reader.At);
                break;
            case Section.Type:
                for (int left = _reader.Count("types", _limits.Types); left > 0; left--)
                {
                    _types.Add(FunctionType());
                }

                break;
            case Section.Import:
                ReadImports();
                break;
            case Section.Function:
                for (int left = _reader.Count("functions", _limits.Functions - _functions.Count); left > 0; left--)
                {
                    _functions.Add(_reader.Index(_types.Count, "type"));
                }

                break;
            case Section.Table:
                for (int left = _reader.Count("tables", _limits.Tables - _tables.Count); left > 0; left--)
                {
                    _tables.Add(Table());
                }

                break;
            case Section.Memory:
                for (int left = _reader.Count("memories", int.MaxValue); left > 0; left--)
                {
                    _memories.Add(Memory());
                }

                break;
            case Section.Global:
                ReadGlobals();
                break;
            case Section.Export:
                ReadExports();
                break;
            case Section.Start:
                ReadStart();
                break;
            case Section.Element:
                ReadElements();
                break;
            case Section.DataCount:
                _context.DataCount = (int)Math.Min(_reader.UInt32(), int.MaxValue);
                break;
            case Section.Code:
                ReadCode();
                break;
            case Section.Data:
                ReadData();
                break;
        }
    }

    private FunctionType FunctionType()
    {
        if (_reader.Byte() != FunctionTypeForm)
        {
            throw _reader.Malformed("malformed function type");
        }

        WasmType[] parameters = _reader.Types(_limits.Parameters);
        return new FunctionType(parameters, _reader.Types(_limits.Parameters));
    }

    private void ReadImports()
    {
        var imports = new Import[_reader.Count("imports", _limits.Externs)];
        foreach (ref Import import in imports.AsSpan())
        {
            string module = _reader.Name();
            string name = _reader.Name();
            var kind = (ExternKind)_reader.Byte();
            import = new Import(module, name, kind, ReadImported(kind));
        }

        _module.Imports = imports;
        _importedFunctionCount = _functions.Count;
        _importedGlobalCount = _globals.Count;
    }

    private int ReadImported(ExternKind kind)
    {
        switch (kind)
        {
            case ExternKind.Function:
                return Add(_functions, _reader.Index(_types.Count, "type"), "functions", _limits.Functions);
            case ExternKind.Table:
                return Add(_tables, Table(), "tables", _limits.Tables);
            case ExternKind.Memory:
                return Add(_memories, Memory(), "memories", int.MaxValue);
            case ExternKind.Global:
                return Add(_globals, Global(), "globals", _limits.Globals);
            default:
                throw _reader.Malformed("malformed import kind");
        }
    }

    private readonly int Add<T>(List<T> imported, T type, string what, int most)
    {
        imported.Add(type);
        return imported.Count <= most ? imported.Count - 1 : throw _reader.TooLarge(what, imported.Count, most);
    }

    private TableType Table()
    {
        WasmType element = _reader.ReferenceType();
        return new TableType(element, Size(uint.MaxValue, ""));
    }

    private Extent Memory() => Size(MostPages, "memory size must be at most 65536 pages (4GiB)");

    private Extent Size(uint most, string beyond)
    {
        byte flags = _reader.Byte();
        if (flags > 1)
        {
            throw _reader.Malformed(flags < 0x80 ? "integer too large" : "integer representation too long");
        }

        uint min = _reader.UInt32();
        uint? max = flags == 0 ? null : _reader.UInt32();
        if (max < min)
        {
            throw _reader.Invalid("size minimum must not be greater than maximum");
        }

        return min <= most && (max ?? 0) <= most ? new Extent(min, max) : throw _reader.Invalid(beyond);
    }

    private GlobalType Global()
    {
        WasmType type = _reader.Type();
        byte mutability = _reader.Byte();
        return mutability <= 1 ? new GlobalType(type, mutability == 1) : throw _reader.Malformed("malformed mutability");
    }

    private void ReadGlobals()
    {
        var values = new Constant[_reader.Count("globals", _limits.Globals - _globals.Count)];
        foreach (ref Constant value in values.AsSpan())
        {
            GlobalType type = Global();
            value = Constant(type.Value);
            _globals.Add(type);
        }

        _module.GlobalValues = values;
    }

    private void ReadExports()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var exports = new Export[_reader.Count("exports", _limits.Externs)];
        foreach (ref Export export in exports.AsSpan())
        {
            string name = _reader.Name();
            if (!names.Add(name))
            {
                throw _reader.Invalid("duplicate export name");
            }

            var kind = (ExternKind)_reader.Byte();
            export = new Export(name, kind, kind switch
            {
                ExternKind.Function => _reader.Index(_functions.Count, "function"),
                ExternKind.Table => _reader.Index(_tables.Count, "table"),
                ExternKind.Memory => _reader.Index(_memories.Count, "memory"),
                ExternKind.Global => _reader.Index(_globals.Count, "global"),
                _ => throw _reader.Malformed("malformed export kind"),
            });
            if (kind == ExternKind.Function)
            {
                _context.Declared.Add(export.Index);
            }
        }

        _module.Exports = exports;
    }

    private void ReadStart()
    {
        int start = _reader.Index(_functions.Count, "function");
        if (!_types[_functions[start]].IsEmpty)
        {
            throw _reader.Invalid("start function");
        }

        _module.Start = start;
    }

    private void ReadCode()
    {
        var bodies = new CodeRange[_reader.Count("functions", _limits.Functions)];
        foreach (ref CodeRange body in bodies.AsSpan())
        {
            int length = _reader.Length();
            body = new CodeRange(_reader.At, _reader.At + length);
            _reader.Take(length);
        }

        _module.Bodies = bodies;
    }
}
