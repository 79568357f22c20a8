using System;
using System.Diagnostics;
using System.IO;
using WhiteMagic.Compiler.Tests.Harness;

namespace WhiteMagic.Compiler.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void OwnKernel_BuiltOutsideTheSolution_CountsWords()
    {
        string folder = Directory.CreateTempSubdirectory("wmc-example").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(Repository.File("examples/own-kernel")))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            var start = new ProcessStartInfo("/bin/bash", [Path.Combine(folder, "build.sh")]) { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment["WMC"] = "dotnet " + Path.Combine(AppContext.BaseDirectory, "wmc.dll");
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            using Process build = Process.Start(start)!;
            string errors = build.StandardError.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode == 0, errors);
            string node = Programs.Find("node") ?? throw new InvalidOperationException("node is not installed");
            Assert.Equal("7 words, the longest is function", Programs.Run(node, [Path.Combine(folder, "run.mjs")]).Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
