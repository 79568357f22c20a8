using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using WhiteMagic.Compiler.Tests.Harness;
using WhiteMagic.KernelCompiler;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Compiler.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wmc-commands").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_Kernels_TwiceGivesTheSameBytes()
    {
        string kernels = typeof(WasmExportAttribute).Assembly.Location;
        string first = Path.Combine(_folder, "1");
        string second = Path.Combine(_folder, "2");
        Assert.Equal((0, ""), Run("build", kernels, "-o", first, "--module", "event_ring"));
        Assert.Equal((0, ""), Run("build", kernels, "-o", second, "--module", "event_ring", "--jobs", "1"));
        string[] files = [.. Directory.GetFiles(first).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(["event_ring.simd.wasm", "event_ring.wasm", "manifest.json"], files);
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(first, f)), File.ReadAllBytes(Path.Combine(second, f))));
    }

    [Fact]
    public void Build_Manifest_SaysWhatTheFilesAre()
    {
        Run("build", typeof(WasmExportAttribute).Assembly.Location, "-o", _folder, "--module", "event_ring");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "manifest.json")));
        foreach (JsonElement module in manifest.RootElement.GetProperty("modules").EnumerateArray())
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, module.GetProperty("file").GetString()!));
            Assert.Equal(bytes.Length, module.GetProperty("bytes").GetInt32());
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), module.GetProperty("sha256").GetString());
            Assert.Equal(0, module.GetProperty("imports").GetInt32());
            JsonElement alloc = module.GetProperty("exports").EnumerateArray().Single(e => e.GetProperty("name").GetString() == "wm_alloc");
            Assert.Equal(["i32"], alloc.GetProperty("parameters").EnumerateArray().Select(p => p.GetString()!));
            Assert.Equal(["i32"], alloc.GetProperty("results").EnumerateArray().Select(p => p.GetString()!));
        }
    }

    [Fact]
    public void Check_OfKernels_FindsNothing() => Assert.Equal(0, Run("check", typeof(WasmExportAttribute).Assembly.Location).Code);

    [Fact]
    public void Check_OfViolations_ReportsAllWithFileAndLine()
    {
        (int code, string errors) = Run("check", typeof(CommandTests).Assembly.Location, "--module", "rejected");
        Assert.Equal(1, code);
        string[] lines = errors.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, l => Assert.Matches(@"ManyViolations\.cs\(\d+\): error WMC\d{4}: .* \[ManyViolations\..* IL_[0-9a-f]{4}\]$", l));
        Assert.Equal(["WMC0002", "WMC0003", "WMC0011"], lines.Select(l => l[(l.IndexOf("WMC", StringComparison.Ordinal))..][..7]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("no file", "missing.dll", null)]
    [InlineData("not an assembly", "text.dll", "this is not an assembly")]
    [InlineData("empty", "empty.dll", "")]
    [InlineData("only the first bytes of one", "short.dll", "MZ\u0090\0\u0003\0\0\0")]
    public void Check_OfWhatIsNoAssembly_IsOneClearLine(string what, string name, string? content)
    {
        string path = Path.Combine(_folder, name);
        if (content is not null)
        {
            File.WriteAllText(path, content, Encoding.Latin1);
        }

        AssertOneLine(path, what);
    }

    [Fact]
    public void Check_OfDamagedAssemblies_NeverShowsAnException()
    {
        byte[] good = File.ReadAllBytes(typeof(WasmExportAttribute).Assembly.Location);
        var random = new Random(7);
        for (int i = 0; i < 16; i++)
        {
            string path = Path.Combine(_folder, $"damaged{i}.dll");
            File.WriteAllBytes(path, i % 4 == 0 ? good[..random.Next(good.Length)] : Damage(good, random));
            // In a process of its own, as users run it.
            (int code, string output, string errors) = Programs.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "wmc.dll"), "check", path]);
            Assert.True(code is 0 or 1, $"{i}: {code} {output} {errors}");
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_OfAnAssemblyWithoutModules_SaysSo() =>
        Assert.Contains("WMC0026", Run("check", typeof(JsonDocument).Assembly.Location).Errors, StringComparison.Ordinal);

    [Fact]
    public void Check_OfAnUnknownModule_NamesThoseThatExist() =>
        Assert.Contains("whitemagic_core", Run("check", typeof(WasmExportAttribute).Assembly.Location, "--module", "nonsense").Errors, StringComparison.Ordinal);

    [Fact]
    public void Build_WithAFolderWithoutToolchain_IsOneClearLine()
    {
        (int code, string errors) = Run("build", typeof(WasmExportAttribute).Assembly.Location, "-o", _folder, "--toolchain", _folder);
        Assert.Equal(1, code);
        Assert.StartsWith("error WMC0029: clang and wasm-ld were not found: no @yowasp/clang in", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "build")]
    [InlineData(2, "build", "x.dll", "--nonsense", "1")]
    [InlineData(2, "build", "x.dll", "--jobs", "0")]
    [InlineData(2, "build", "x.dll", "-o")]
    [InlineData(2, "explain", "WMC9999")]
    [InlineData(2, "destroy")]
    [InlineData(0, "--help")]
    public void CommandLine_GivesItsExitCode(int code, params string[] arguments) =>
        Assert.Equal(code, Program.Run(arguments, TextWriter.Null, TextWriter.Null));

    // Other bytes in the code of the methods; static constructors, which are run, keep theirs.
    private static byte[] Damage(byte[] good, Random random)
    {
        using var portable = new PEReader(new MemoryStream(good));
        MetadataReader metadata = portable.GetMetadataReader();
        byte[] bad = (byte[])good.Clone();
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
        {
            if (method.RelativeVirtualAddress == 0 || metadata.GetString(method.Name) == ".cctor" || random.Next(4) != 0)
            {
                continue;
            }

            int size = portable.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!.Length;
            int section = portable.PEHeaders.GetContainingSectionIndex(method.RelativeVirtualAddress);
            SectionHeader header = portable.PEHeaders.SectionHeaders[section];
            int at = method.RelativeVirtualAddress - header.VirtualAddress + header.PointerToRawData;
            bad[at + 1 + random.Next(size)] = (byte)random.Next(256);
        }

        return bad;
    }

    private static (int Code, string Errors) Run(params string[] arguments)
    {
        using var errors = new StringWriter { NewLine = "\n" };
        int code = Program.Run(arguments, TextWriter.Null, errors);
        string[] lines = [.. errors.ToString().Split('\n').Where(l => !l.StartsWith("wmc: ", StringComparison.Ordinal))];
        return (code, string.Join('\n', lines));
    }

    private static void AssertOneLine(string path, string what)
    {
        (int code, string errors) = Run("check", path);
        Assert.True(code == 1, what);
        Assert.StartsWith("error WMC0027: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }
}
