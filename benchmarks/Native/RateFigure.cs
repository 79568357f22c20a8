using System.Runtime.InteropServices;
using WhiteMagic.Kernels.RateLimiter;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>One check of the rate limiter that admits: a thousand keys in one group, twenty requests a millisecond.</summary>
internal static unsafe class RateFigure
{
    private const int Rounds = 1001;
    private const int Repetitions = 2000;
    private const int Keys = 1000;
    private const int Bytes = 1 << 20;
    private const int WindowMs = 60_000;
    private const int RequestsOfOneMs = 20;

    public static void Run(Report report)
    {
        void* memory = NativeMemory.AlignedAlloc(Bytes, 64);
        CheckLimit(report, Open(report, memory));

        RateTable table = Open(report, memory);
        long request = 0;
        int refused = 0;
        double[] medians = Native.Rounds.MedianNs(Rounds, Repetitions, _ =>
        {
            for (int i = 0; i < Repetitions; i++, request++)
            {
                ulong key = (ulong)(request % Keys) * 0x9E3779B97F4A7C15;
                refused += table.Acquire(key, RateTable.MostRequests, 1, RateTable.MostRequests, request / RequestsOfOneMs) == 0 ? 0 : 1;
            }
        });
        report.Check(refused == 0, $"{refused} requests far below the limit were refused");
        report.Add("rate_ns", medians[0]);
        NativeMemory.AlignedFree(memory);
    }

    private static void CheckLimit(Report report, RateTable table)
    {
        const int Limit = 60;
        int admitted = 0;
        int wait = 0;
        for (int i = 0; i < 2 * Limit; i++)
        {
            wait = table.Acquire(7, Limit, 1, RateTable.MostRequests, 1000);
            admitted += wait == 0 ? 1 : 0;
        }

        report.Check(admitted == Limit && wait > 0, $"{admitted} requests of {Limit} were admitted, then {wait} ms to wait");
        report.Check(table.Acquire(7, Limit, 1, RateTable.MostRequests, 1000 + wait) == 0, "after the wait the request is refused");
    }

    private static RateTable Open(Report report, void* memory)
    {
        NativeMemory.Clear(memory, Bytes);
        report.Check(RateTable.Open(memory, Bytes, WindowMs, out RateTable table) == 0, "the rate limiter was not opened");
        return table;
    }
}
