using System;
using System.Threading;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.StateBoard;

namespace WhiteMagic.Kernels.Peer;

/// <summary>Two threads that write vectors whose values follow from one number, and two that read and demand that they still do.</summary>
public static class BoardWork
{
    private const int Prime = 1009;

    // Nobody dies here, but on a loaded machine a thread may stand still for 100 ms: the board's time goes slower, so that none is taken for dead.
    private static long NowNs => Clock.NowNs / 100;

    /// <summary>Returns how many reads saw a state.</summary>
    public static long Run(SharedBoard board, int seed, long untilNs)
    {
        long reads = 0;
        Crew.Run(
            () => Write(board, seed, untilNs),
            () => Write(board, seed + 1, untilNs),
            () => Interlocked.Add(ref reads, Read(board, untilNs)),
            () => Interlocked.Add(ref reads, Read(board, untilNs)));
        return reads;
    }

    private static void Write(SharedBoard board, int seed, long untilNs)
    {
        var random = new Random(seed);
        double[] harmony = new double[SharedBoard.HarmonyCount];
        ulong[] resonance = new ulong[SharedBoard.ResonanceCount];
        while (Clock.NowNs < untilNs)
        {
            int number = random.Next(Prime);
            for (int i = 0; i < harmony.Length; i++)
            {
                harmony[i] = Harmony(number, i);
            }

            for (int i = 0; i < resonance.Length; i++)
            {
                resonance[i] = Resonance(number % 28, i);
            }

            Demand(board.WriteHarmony(harmony, NowNs));
            Demand(board.WriteResonance(resonance, NowNs));
            Demand(board.WriteBreaker(5, -1, number % 3, (ulong)number, NowNs));
            Demand(board.Increment(7));
        }
    }

    private static long Read(SharedBoard board, long untilNs)
    {
        long reads = 0;
        long lastTick = 0;
        ulong[] state = new ulong[SharedBoard.StateWords];
        while (Clock.NowNs < untilNs)
        {
            long tick = board.ReadState(state);
            if (tick == KernelError.Busy)
            {
                Thread.Yield();
                continue;
            }

            Crew.Demand(tick >= lastTick, $"tick {tick} after {lastTick}");
            lastTick = tick;
            DemandWhole(state);
            int breaker = board.ReadBreaker(5, out ulong failures);
            Crew.Demand(breaker == KernelError.Busy || (ulong)breaker == failures % 3, $"breaker {breaker} with {failures}");
            reads++;
        }

        return reads;
    }

    private static void DemandWhole(ulong[] state)
    {
        int number = (int)Math.Round(BitConverter.UInt64BitsToDouble(state[1]) * Prime);
        for (int i = 0; i < SharedBoard.HarmonyCount; i++)
        {
            double found = BitConverter.UInt64BitsToDouble(state[1 + i]);
            Crew.Demand(found == Harmony(number, i), $"torn harmony: {number} gave {found} at {i}");
        }

        int gana = (int)state[10];
        for (int i = 0; i < SharedBoard.ResonanceCount && gana > 0; i++)
        {
            Crew.Demand(state[8 + i] == Resonance(gana - 1, i), $"torn resonance at {i}");
        }
    }

    private static double Harmony(int number, int i) => number * (i + 1) % Prime / (double)Prime;

    private static ulong Resonance(int number, int i) => (ulong)(i switch { 0 => number % 3, 1 => number % 5, 5 => number % 4, _ => ((number + ((i - 2) * 9)) % 28) + 1 });

    private static void Demand(long result) => Crew.Demand(result > 0 || result == KernelError.Busy, $"a write returned {result}");
}
