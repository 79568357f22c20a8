using System;
using System.Diagnostics;
using System.IO;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void Sandbox_SumsWithFuelAndWithout()
    {
        string said = Run();
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("the module says 5050", lines[0]);
        Assert.StartsWith("sum(100) = 5050, ", lines[1], StringComparison.Ordinal);
        Assert.Equal("sum(10000000) ended in the trap out of fuel", lines[2]);
    }

    [Fact]
    public void Sandbox_WithAFile_RunsWhatIsInIt()
    {
        // A module without imports whose sum is always 7.
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, 0x7F, 1, 0x7F]), ModuleBytes.Section(3, [1, 0]), ModuleBytes.Section(7, [1, .. ModuleBytes.Name("sum"), 0, 0]), ModuleBytes.Section(10, [1, 4, 0, 0x41, 7, 0x0B]));
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, module);
            Assert.StartsWith("sum(100) = 7, ", Run(file), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--project", Repository.File("examples/sandbox"), "-c", "Release", "--", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process example = Process.Start(start)!;
        string said = example.StandardOutput.ReadToEnd();
        string errors = example.StandardError.ReadToEnd();
        example.WaitForExit();
        Assert.True(example.ExitCode == 0, said + errors);
        return said;
    }
}
