using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Modules;

public sealed class ManifestTests
{
    private const int Kilobyte = 1000;

    private static readonly string[] _ofEveryModule = ["memory", "wm_abi_version", "wm_alloc", "wm_reset"];

    private static readonly string[] _ofCore =
    [
        "spatial_insert_5d", "spatial_build_5d", "spatial_query_5d", "spatial_radius_5d", "spatial_result_ids", "spatial_result_distances",
        "spatial_clear", "minhash_signature", "minhash_jaccard", "minhash_duplicates", "holographic_encode",
    ];

    private static readonly string[] _ofSearch = ["search_add", "search_commit", "search_follow", "search_query", "search_results", "search_set_context"];

    // Names and sizes (of the scalar build) that the modules promise.
    private static readonly Dictionary<string, (int MostKilobytes, string[] Exports)> _promised = new()
    {
        ["core"] = (16, _ofCore),
        ["search"] = (24, _ofSearch),
        ["rate_limiter"] = (4, ["rate_acquire"]),
        ["state_board"] = (4, []),
        ["event_ring"] = (4, []),
        ["arrow_writer"] = (12, []),
        ["whitemagic_core"] = (52, [.. _ofCore, .. _ofSearch, "rate_acquire", "sha256"]),
    };

    public static TheoryData<string> Modules => [.. _promised.Keys];

    [Fact]
    public void Manifest_Modules_AreThosePromisedAndDeclared()
    {
        string[] files = [.. ManifestEntry.ReadOrSkip().Select(e => e.File).Order(StringComparer.Ordinal)];
        Assert.Equal(_promised.Keys.SelectMany(name => new[] { name + ".simd.wasm", name + ".wasm" }).Order(StringComparer.Ordinal), files);
        Assert.Equal(_promised.Keys.Order(StringComparer.Ordinal), KernelModule.Names.Order(StringComparer.Ordinal));
        Assert.Equal(files, Directory.GetFiles(WasmModules.Folder, "*.wasm").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Module_Size_IsWithinItsPromise(string name)
    {
        ManifestEntry scalar = ManifestEntry.ReadOrSkip().Single(e => e.Name == name && !e.IsSimd);
        int most = _promised[name].MostKilobytes * Kilobyte;
        Assert.True(scalar.Bytes <= most, $"{scalar.File} has {scalar.Bytes} bytes, promised are {most}");
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Module_Exports_AreThosePromisedAndDeclared(string name)
    {
        ManifestEntry[] builds = [.. ManifestEntry.ReadOrSkip().Where(e => e.Name == name)];
        Assert.Equal(2, builds.Length);
        Assert.Equal(builds[0].Exports, builds[1].Exports);
        Assert.Empty(_promised[name].Exports.Except(builds[0].Exports));
        Assert.Equal(KernelModule.Find(name).ExportNames.Union(_ofEveryModule).Order(StringComparer.Ordinal), builds[0].Exports.Order(StringComparer.Ordinal));
        Assert.All(builds, b => Assert.Equal(0, b.Imports));
    }

    [Fact]
    public void Manifest_BytesAndHashes_AreThoseOfTheFiles()
    {
        Assert.All(ManifestEntry.ReadOrSkip(), entry =>
        {
            byte[] bytes = File.ReadAllBytes(entry.Path);
            Assert.Equal(entry.Bytes, bytes.Length);
            Assert.Equal(entry.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        });
    }
}
