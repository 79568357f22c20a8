using System;
using System.Collections.Generic;
using System.Threading;

namespace WhiteMagic.Kernels.Peer;

/// <summary>Threads that work side by side until a time; the first failure of any is the crew's.</summary>
public static class Crew
{
    public static void Run(params IReadOnlyList<Action> works)
    {
        Exception? failure = null;
        var threads = new List<Thread>();
        foreach (Action work in works)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    work();
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref failure, e, null);
                }
            });
            thread.Start();
            threads.Add(thread);
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        if (failure is not null)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    public static void Demand(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }
}
