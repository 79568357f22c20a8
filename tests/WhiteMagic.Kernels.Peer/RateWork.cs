using System;
using System.Collections.Generic;
using System.Threading;
using WhiteMagic.Kernels.RateLimiter;

namespace WhiteMagic.Kernels.Peer;

/// <summary>Threads that ask for a few keys as fast as they can, and write down what was admitted and at which time they had asked.</summary>
public static class RateWork
{
    public const int WindowMs = 50;
    public const int KeyMost = 30;
    public const int GroupMost = 75;
    public const int KeyCount = 4;
    public const ulong Group = 99;
    public const int Threads = 4;

    /// <summary>Returns (key, time) of each admitted request.</summary>
    public static List<(int Key, long Ms)> Run(RateTable table, int seed, long untilNs)
    {
        var admitted = new List<(int, long)>();
        var works = new List<Action>();
        for (int thread = 0; thread < Threads; thread++)
        {
            int threadSeed = seed + thread;
            works.Add(() =>
            {
                List<(int, long)> mine = Work(table, new Random(threadSeed), untilNs);
                lock (admitted)
                {
                    admitted.AddRange(mine);
                }
            });
        }

        Crew.Run(works);
        return admitted;
    }

    private static List<(int Key, long Ms)> Work(RateTable table, Random random, long untilNs)
    {
        var admitted = new List<(int, long)>();
        while (Clock.NowNs < untilNs)
        {
            int key = random.Next(KeyCount);
            long now = Clock.NowMs;
            if (random.Next(1000) == 0)
            {
                // Between the look at the clock and the question anything may happen.
                Thread.Yield();
            }

            int wait = table.Acquire((ulong)key, KeyMost, Group, GroupMost, now);
            Crew.Demand(wait >= 0, $"Acquire returned {wait}");
            if (wait == 0)
            {
                admitted.Add((key, now));
            }
            else if (random.Next(50) == 0)
            {
                Thread.Yield();
            }
        }

        return admitted;
    }
}
