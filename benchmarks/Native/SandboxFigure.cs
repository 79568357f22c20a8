using System;
using System.IO;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>The workloads of peer/kernels/workloads.c in our interpreter; what a call costs; how long loading takes.</summary>
internal static class SandboxFigure
{
    private const int Rounds = 9;
    private const int LoadRounds = 51;
    private const int CallRounds = 101;
    private const int CallRepetitions = 10_000;

    public static void Run(Report report, string workloadsFile, string largeFile, ReadOnlySpan<string> workloads)
    {
        var store = new Wasm.WasmStore(new Wasm.ExecutionLimits { Fuel = long.MaxValue / 2, Deadline = TimeSpan.FromHours(1) });
        Wasm.WasmInstance instance = store.Instantiate(Wasm.WasmModule.Parse(File.ReadAllBytes(workloadsFile)));
        for (int i = 0; i + 1 < workloads.Length; i += 2)
        {
            Wasm.WasmFunction function = instance.FindFunction(workloads[i])!;
            ulong[] arguments = [ulong.Parse(workloads[i + 1], System.Globalization.CultureInfo.InvariantCulture)];
            ulong[] results = [0];
            var trap = Wasm.WasmTrap.None;
            double[] medians = Native.Rounds.MedianNs(Rounds, 1, _ => trap = function.Call(arguments, results));
            report.Check(trap == Wasm.WasmTrap.None, $"{workloads[i]} ended in {trap}");
            report.Add($"{workloads[i]}_ms", medians[0] / 1e6);
            report.Add($"{workloads[i]}_answer", results[0]);
            report.Add($"{workloads[i]}_instructions", store.FuelUsed);
        }

        Wasm.WasmFunction least = instance.FindFunction("fib")!;
        ulong[] answer = [0];
        double[] call = Native.Rounds.MedianNs(CallRounds, CallRepetitions, _ =>
        {
            for (int i = 0; i < CallRepetitions; i++)
            {
                least.Call([1], answer);
            }
        });
        report.Check(answer[0] == 1, $"fib(1) is {answer[0]}");
        report.Add("call_ns", call[0]);

        byte[] large = File.ReadAllBytes(largeFile);
        double[] load = Native.Rounds.MedianNs(LoadRounds, 1, _ => Wasm.WasmModule.Parse(large));
        report.Add("load_ms_100kb", load[0] / 1e6 * 100_000 / large.Length);
        report.Add("load_bytes", large.Length);
    }
}
