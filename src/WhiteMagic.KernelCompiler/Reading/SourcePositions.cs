using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>File and line of an IL offset, from the portable PDB beside an assembly; where there is none, nothing.</summary>
internal sealed class SourcePositions : IDisposable
{
    private readonly Dictionary<Module, MetadataReaderProvider?> _providers = [];

    internal string? Find(MethodBase method, int offsetBytes)
    {
        try
        {
            return Open(method.Module)?.GetMetadataReader() is { } reader ? Find(reader, method.MetadataToken, offsetBytes) : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or InvalidOperationException or ArgumentException)
        {
            // A PDB of another build or a damaged one only costs the line.
            return null;
        }
    }

    public void Dispose()
    {
        foreach (MetadataReaderProvider? provider in _providers.Values)
        {
            provider?.Dispose();
        }
    }

    private MetadataReaderProvider? Open(Module module)
    {
        if (!_providers.TryGetValue(module, out MetadataReaderProvider? provider))
        {
            string path = Path.ChangeExtension(module.FullyQualifiedName, ".pdb");
            provider = File.Exists(path) ? MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(File.ReadAllBytes(path))) : null;
            _providers[module] = provider;
        }

        return provider;
    }

    private static string? Find(MetadataReader reader, int token, int offsetBytes)
    {
        var handle = (MethodDefinitionHandle)MetadataTokens.Handle(token);
        string? found = null;
        foreach (SequencePoint point in reader.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints())
        {
            if (point.Offset > Math.Max(offsetBytes, 0) && found is not null)
            {
                break;
            }

            if (!point.IsHidden)
            {
                found = $"{reader.GetString(reader.GetDocument(point.Document).Name)}({point.StartLine})";
            }
        }

        return found;
    }
}
