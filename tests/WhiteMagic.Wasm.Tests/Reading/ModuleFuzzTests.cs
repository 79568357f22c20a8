using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Reading;

public sealed class ModuleFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261126;

    // What Node's validator knows besides WebAssembly 2.0 without SIMD and has no switch for: exceptions, SIMD, atomics and shared memories.
    private static readonly byte[] _otherOpcodes = [0x06, 0x07, 0x08, 0x09, 0x18, 0x19, 0xFD, 0xFE];

    private static bool IsFull => Environment.GetEnvironmentVariable("WM_FULL") == "1";

    [Fact]
    public void Parse_MutatedModules_AreReadOrRefusedInsideThem()
    {
        int count = IsFull ? 2_000_000 : 100_000;
        var mutation = new Mutation(new Random(Seed));
        int read = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] module = mutation.Next();
            try
            {
                WasmModule.Parse(module);
                read++;
            }
            catch (WasmFormatException e)
            {
                Assert.True(e.Offset >= 0 && e.Offset <= module.Length, $"module {i} of seed {Seed}: {e.Message}: {Convert.ToBase64String(module)}");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"module {i} of seed {Seed}: {Convert.ToBase64String(module)}", e);
            }
        }

        output.WriteLine($"seed {Seed}: {count} mutations of {Mutation.SeedCount} modules, {read} read");
        Assert.InRange(read, count / 100, count - 1);
    }

    [Fact]
    public void Parse_MutatedModules_AcceptsWhatNodeAccepts()
    {
        int count = IsFull ? 20_000 : 5_000;
        var mutation = new Mutation(new Random(Seed + 1));
        var modules = new List<byte[]>();
        for (int i = 0; i < count; i++)
        {
            modules.Add(mutation.Next());
        }

        bool[] accepted = AskNode(modules);
        int equal = 0;
        int beyond = 0;
        var wrong = new List<string>();
        for (int i = 0; i < count; i++)
        {
            WasmFormatException? refusal = Refusal(modules[i]);
            if (accepted[i] == refusal is null)
            {
                equal++;
            }
            else if (accepted[i] && IsBeyond(modules[i], refusal!))
            {
                beyond++;
            }
            else
            {
                wrong.Add($"module {i}: Node {(accepted[i] ? "accepts" : "refuses")} it, here it is {refusal?.Message ?? "read"}: {Convert.ToBase64String(modules[i])}");
            }
        }

        output.WriteLine($"seed {Seed + 1}: {count} mutations, {equal} judged alike, {beyond} with what only Node knows");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differences\n{string.Join('\n', wrong)}");
        Assert.InRange(beyond, 0, count / 100);
    }

    private static WasmFormatException? Refusal(byte[] module)
    {
        try
        {
            WasmModule.Parse(module);
            return null;
        }
        catch (WasmFormatException e)
        {
            return e;
        }
    }

    private static bool IsBeyond(byte[] module, WasmFormatException refusal) => refusal.Reason switch
    {
        { } reason when reason.StartsWith("illegal opcode", StringComparison.Ordinal) => Array.IndexOf(_otherOpcodes, module[refusal.Offset - 1]) >= 0,
        "malformed value type: SIMD is not supported" => true,
        "malformed section id" => true,
        "integer too large" => module[refusal.Offset - 1] is 2 or 3,
        _ => false,
    };

    private static bool[] AskNode(List<byte[]> modules)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(file))
            {
                Span<byte> length = stackalloc byte[sizeof(int)];
                foreach (byte[] module in modules)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(length, module.Length);
                    stream.Write(length);
                    stream.Write(module);
                }
            }

            var start = new ProcessStartInfo("node",
                ["--no-experimental-wasm-return-call", "--no-experimental-wasm-extended-const", Path.Combine(AppContext.BaseDirectory, "validate.mjs"), file])
            {
                RedirectStandardOutput = true,
            };
            using Process node = Process.Start(start)!;
            string answer = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            Assert.Equal((0, modules.Count), (node.ExitCode, answer.Length));
            return Array.ConvertAll(answer.ToCharArray(), each => each == '1');
        }
        finally
        {
            File.Delete(file);
        }
    }
}
