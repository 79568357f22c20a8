using System;
using System.Diagnostics;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void Sandbox_SumsWithFuelAndWithout()
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--project", Repository.File("examples/sandbox"), "-c", "Release"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process example = Process.Start(start)!;
        string said = example.StandardOutput.ReadToEnd();
        string errors = example.StandardError.ReadToEnd();
        example.WaitForExit();
        Assert.True(example.ExitCode == 0, said + errors);
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("the module says 5050", lines[0]);
        Assert.StartsWith("sum(100) = 5050, ", lines[1], StringComparison.Ordinal);
        Assert.Equal("sum(10000000) ended in the trap out of fuel", lines[2]);
    }
}
