using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 20261127;
    private static readonly bool _isFull = Environment.GetEnvironmentVariable("WM_FULL") == "1";

    [Fact]
    public void Run_RandomModules_EndsAsInNode()
    {
        int count = _isFull ? 20_000 : 2_000;
        var random = new RandomModule(new Random(Seed));
        List<byte[]> modules = [.. Enumerable.Range(0, count).Select(_ => random.Next())];
        string[] expected = AskNode(modules);
        int trapped = 0;
        var wrong = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string found = Run(Instance(modules[i]));
            trapped += expected[i].StartsWith("None", StringComparison.Ordinal) ? 0 : 1;
            if (found != expected[i])
            {
                wrong.Add($"module {i}: in Node {expected[i]}\n           here    {found}: {Convert.ToBase64String(modules[i])}");
            }
        }

        output.WriteLine($"seed {Seed}: {count} modules of {modules.Average(m => m.Length):0} bytes, {trapped} end in a trap");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differences\n{string.Join('\n', wrong.Take(5))}");
        Assert.InRange(trapped, count / 50, count - (count / 4));
    }

    internal static WasmInstance Instance(byte[] bytes) => new WasmStore(new ExecutionLimits { Fuel = 50_000_000 }).Instantiate(WasmModule.Parse(bytes), RandomModule.Imports);

    /// <summary>How a call of a random module ends, and what it leaves.</summary>
    internal static string Run(WasmInstance instance)
    {
        ulong[] results = new ulong[4];
        WasmTrap trap = instance.FindFunction("run")!.Call([], results);
        var text = new StringBuilder(Class(trap)).Append(' ');
        foreach (ulong value in trap == WasmTrap.None ? results : [])
        {
            text.Append(value.ToString("x", null)).Append(' ');
        }

        instance.TryReadGlobal("g0", out ulong g0);
        instance.TryReadGlobal("g1", out ulong g1);
        instance.TryReadGlobal("g2", out ulong g2);
        byte[] memory = new byte[instance.MemoryBytes];
        Assert.True(instance.TryRead(0, memory));
        ReadOnlySpan<int> words = MemoryMarshal.Cast<byte, int>(memory);
        int hash = 17;
        foreach (int word in words)
        {
            hash = (hash * 31) + word;
        }

        g2 = double.IsNaN(BitConverter.UInt64BitsToDouble(g2)) ? 0x7FF8_0000_0000_0000 : g2;
        return text.Append(null, $"{(uint)g0:x} {g1:x} {g2:x} {words.Length} {(uint)hash:x}").ToString();
    }

    // Node has one message where we have two names.
    private static string Class(WasmTrap trap) => trap switch
    {
        WasmTrap.InvalidConversionToInteger or WasmTrap.IntegerOverflow => "Conversion",
        WasmTrap.OutOfBoundsMemoryAccess => "Memory",
        WasmTrap.OutOfBoundsTableAccess or WasmTrap.UndefinedElement or WasmTrap.UninitializedElement or WasmTrap.IndirectCallTypeMismatch => "Table",
        WasmTrap.CallStackExhausted => "Stack",
        _ => trap.ToString(),
    };

    private static string[] AskNode(List<byte[]> modules)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(file))
            {
                foreach (byte[] module in modules)
                {
                    stream.Write(BitConverter.GetBytes(module.Length));
                    stream.Write(module);
                }
            }

            using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "run.mjs"), file]) { RedirectStandardOutput = true })!;
            string answer = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            string[] lines = answer.Split('\n');
            Assert.Equal((0, modules.Count), (node.ExitCode, lines.Length));
            return lines;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
