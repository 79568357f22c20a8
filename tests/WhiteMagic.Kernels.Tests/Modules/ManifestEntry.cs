using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Modules;

/// <summary>One file as dist/wasm/manifest.json describes it.</summary>
internal sealed record ManifestEntry(string Name, string File, int Bytes, string Sha256, bool IsSimd, int Imports, IReadOnlyList<string> Exports)
{
    public string Path => System.IO.Path.Combine(WasmModules.Folder, File);

    public static IReadOnlyList<ManifestEntry> ReadOrSkip()
    {
        using JsonDocument manifest = JsonDocument.Parse(System.IO.File.ReadAllBytes(System.IO.Path.Combine(WasmModules.FolderOrSkip(), "manifest.json")));
        return [.. manifest.RootElement.GetProperty("modules").EnumerateArray().Select(Read)];
    }

    private static ManifestEntry Read(JsonElement module) => new(
        module.GetProperty("name").GetString()!,
        module.GetProperty("file").GetString()!,
        module.GetProperty("bytes").GetInt32(),
        module.GetProperty("sha256").GetString()!,
        module.GetProperty("features").EnumerateArray().Any(f => f.GetString() == "simd128"),
        module.GetProperty("imports").GetInt32(),
        [.. module.GetProperty("exports").EnumerateArray().Select(e => e.GetProperty("name").GetString()!)]);
}
