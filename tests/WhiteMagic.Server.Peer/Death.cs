using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace WhiteMagic.Server.Peer;

/// <summary>Kills this process, with the signal that nothing can catch, when a stage is reached for the nth time.</summary>
public sealed partial class Death(string stage, int nth)
{
    private const int SigKill = 9;

    private int _reached;

    public void Reach(string name)
    {
        if (name == stage && ++_reached == nth)
        {
            _ = Kill(Environment.ProcessId, SigKill);
            Thread.Sleep(Timeout.Infinite);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
