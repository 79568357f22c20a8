using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>The constant data behind static fields, read from the assembly's file with every bound checked.</summary>
internal sealed class TableData
{
    private readonly Dictionary<Module, byte[]> _files = [];

    internal static int BytesOf(FieldInfo field) => RuntimeHelpers.SizeOf(field.FieldType.TypeHandle);

    /// <exception cref="CompilationException">The file ends before the data does.</exception>
    internal byte[] Read(FieldInfo field)
    {
        if (!_files.TryGetValue(field.Module, out byte[]? file))
        {
            file = File.ReadAllBytes(field.Module.FullyQualifiedName);
            _files[field.Module] = file;
        }

        using var portable = new PEReader(ImmutableArray.Create(file));
        var handle = (FieldDefinitionHandle)MetadataTokens.Handle(field.MetadataToken);
        int address = portable.GetMetadataReader().GetFieldDefinition(handle).GetRelativeVirtualAddress();
        PEMemoryBlock data = portable.GetSectionData(address);
        return data.Length >= BytesOf(field)
            ? data.GetContent(0, BytesOf(field)).AsSpan().ToArray()
            : throw new CompilationException(Rules.Assembly, $"the data of {field.Name} is cut off");
    }
}
