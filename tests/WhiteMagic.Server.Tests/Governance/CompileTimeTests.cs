using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance;

/// <summary>Code that tries to change memory without a ruling, given to the compiler.</summary>
public sealed class CompileTimeTests
{
    // Each is the body of a method that has a store, a governor and a deed; the first is the right way, and the control.
    private static readonly (string Body, string? Error)[] _attempts =
    [
        ("""store.Create(new MemoryDraft { Content = "x" }, governor.Rule(deed).Permit!);""", null),
        ("""store.Create(new MemoryDraft { Content = "x" });""", "CS7036"),
        ("""store.Create(new MemoryDraft { Content = "x" }, new Permit(deed, "", 1));""", "CS1729"),
        ("""store.Create(new MemoryDraft { Content = "x" }, new Permit());""", "CS1729"),
        ("""store.Create(new MemoryDraft { Content = "x" }, governor.Rule(deed));""", "CS1503"),
        ("""store.Create(new MemoryDraft { Content = "x" }, new Ruling().Permit!);""", "CS1729"),
        ("""governor.Rule(deed).Permit = null;""", "CS0200"),
        ("""store.Update(default, new MemoryPatch(), null);""", "CS7036"),
        ("""store.Delete(default);""", "CS7036"),
        ("""store.Purge(default);""", "CS7036"),
        ("""store.Restore(default);""", "CS7036"),
        ("""store.BeginImport();""", "CS7036"),
        ("""galaxies.Create("x", "");""", "CS7036"),
    ];

    [Fact]
    public void Write_WithoutARuling_DoesNotCompile()
    {
        string? compiler = Compiler();
        Assert.SkipWhen(compiler is null, "the SDK's compiler is not beside this runtime");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        for (int i = 0; i < _attempts.Length; i++)
        {
            File.WriteAllText(folder.File($"{i:00}.cs"), Source(i, _attempts[i].Body));
        }

        // All attempts in one run of the compiler: an error names its file.
        string errors = Run(compiler!, folder.Path, [.. Enumerable.Range(0, _attempts.Length).Select(i => folder.File($"{i:00}.cs"))]);
        for (int i = 0; i < _attempts.Length; i++)
        {
            string[] own = [.. errors.Split('\n').Where(line => line.Contains($"{i:00}.cs(", StringComparison.Ordinal))];
            Assert.Equal(_attempts[i].Error is null ? 0 : 1, own.Length);
            Assert.All(own, line => Assert.Contains("error " + _attempts[i].Error, line, StringComparison.Ordinal));
        }

        Assert.Equal("", Run(compiler!, folder.Path, [folder.File("00.cs")]));
    }

    private static string Source(int number, string body) => $$"""
        using WhiteMagic.Governance;
        using WhiteMagic.Memory;

        public static class Attempt{{number}}
        {
            public static void Try(IGalaxyStore store, IGalaxies galaxies, Governor governor, Deed deed)
            {
                {{body}}
            }
        }
        """;

    private static string? Compiler()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string sdks = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "sdk"));
        return Directory.Exists(sdks) ? Directory.GetDirectories(sdks).Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).LastOrDefault(File.Exists) : null;
    }

    private static string Run(string compiler, string folder, string[] files)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] references = [.. new[] { "System.Private.CoreLib", "System.Runtime", "System.Memory", "System.Collections" }.Select(name => Path.Combine(runtime, name + ".dll")),
            typeof(Governor).Assembly.Location, typeof(IGalaxyStore).Assembly.Location];
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (string argument in (string[])[compiler, "-nologo", "-target:library", "-nullable:enable", "-nowarn:CS1701,CS1702", "-out:" + Path.Combine(folder, "attempts.dll"), .. references.Select(r => "-reference:" + r), .. files])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
