using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.Compiler.Tests.Harness;
using WhiteMagic.Compiler.Tests.Idioms;
using WhiteMagic.KernelCompiler.Toolchain;

namespace WhiteMagic.Compiler.Tests;

public sealed class ModuleTests(CompiledIdioms compiled) : IClassFixture<CompiledIdioms>
{
    private static readonly string[] _oldFeatures = ["--disable-multi-value", "--disable-reference-types"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Module_OfAllIdioms_IsValidWithTheFeaturesPromised(bool isSimd)
    {
        string? validate = Programs.Find("wasm-validate");
        Assert.SkipWhen(validate is null, "wasm-validate is not installed (Debian package wabt)");
        IEnumerable<string> features = isSimd ? _oldFeatures : [.. _oldFeatures, "--disable-simd"];
        Programs.Run(validate!, [.. features, compiled.Build(isSimd)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Module_OfAllIdioms_HasNoImportsAndTheExportsDeclared(bool isSimd)
    {
        WasmFile file = WasmFile.Read(File.ReadAllBytes(compiled.Build(isSimd)));
        Assert.Equal(0, file.ImportCount);
        IEnumerable<string> expected = Idiom.All.Select(i => i.Name).Concat(["memory", "wm_alloc", "wm_reset"]).Order(StringComparer.Ordinal);
        Assert.Equal(expected, file.Exports.Keys);
    }

    [Fact]
    public void Module_BuiltWithSimd_UsesVectors()
    {
        byte[] scalar = File.ReadAllBytes(compiled.Build(isSimd: false));
        byte[] simd = File.ReadAllBytes(compiled.Build(isSimd: true));
        Assert.NotEqual(scalar, simd);
    }

    [Fact]
    public void C_LoweredAndEmittedTwice_IsTheSame()
    {
        using var again = new CompiledIdioms();
        Assert.Equal(compiled.C, again.C);
    }

    [Fact]
    public void Allocator_GivesZeroedAlignedBlocksThatDoNotOverlap()
    {
        string wasm = CompiledIdioms.BuildAlone(typeof(AllocatorExports));
        string node = Programs.Find("node") ?? throw new InvalidOperationException("node is not installed");
        Assert.Equal("ok", Programs.Run(node, [Path.Combine(AppContext.BaseDirectory, "allocator.mjs"), wasm]).Trim());
        File.Delete(wasm);
    }
}
