using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// SIGTERM and SIGINT as a request to end in good order. On Unix straight from the runtime's native part, which has a thread for signals:
/// the framework's own class hands them to the thread pool, and that would come with it (90 KB).
/// </summary>
internal static unsafe partial class EndSignals
{
    // A client that stops a server waits about a second before it kills it.
    private const int MostEndMs = 800;

    /// <summary>How long a command that stores much may take to end in good order.</summary>
    internal const int LongWorkMs = 20_000;

    private const int Handled = 1;

    private static readonly ManualResetEvent _ended = new(false);
    private static Action? _stop;
    private static int _mostMs;
    private static int _exitCode;

    /// <summary>From now on <paramref name="stop"/> is called when the process is asked to end; if <see cref="Ended"/> does not follow in time, it is ended.</summary>
    internal static void Watch(Action stop, int mostMs = MostEndMs, int exitCode = ExitCode.Success)
    {
        _stop = stop;
        _mostMs = mostMs;
        _exitCode = exitCode;
        if (OperatingSystem.IsWindows())
        {
            _ = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            _ = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        }
        else if (InitializeTerminalAndSignalHandling() != 0)
        {
            SetPosixSignalHandler(&OnSignal);
            _ = EnablePosixSignalHandling(GetPlatformSignalNumber((int)PosixSignal.SIGTERM));
            _ = EnablePosixSignalHandling(GetPlatformSignalNumber((int)PosixSignal.SIGINT));
        }
    }

    /// <summary>Says that everything is done and closed.</summary>
    internal static void Ended() => _ended.Set();

    private static void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        End();
    }

    [UnmanagedCallersOnly]
    private static int OnSignal(int number, int signal)
    {
        _ = number;
        _ = signal;
        End();
        return Handled;
    }

    // What was read is still answered; a call that takes longer than the client waits is given up, and its transaction with it.
    private static void End()
    {
        _stop?.Invoke();
        if (!_ended.WaitOne(_mostMs))
        {
            Environment.Exit(_exitCode);
        }
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_InitializeTerminalAndSignalHandling")]
    private static partial int InitializeTerminalAndSignalHandling();

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_SetPosixSignalHandler")]
    private static partial void SetPosixSignalHandler(delegate* unmanaged<int, int, int> handler);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetPlatformSignalNumber")]
    private static partial int GetPlatformSignalNumber(int signal);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_EnablePosixSignalHandling")]
    private static partial int EnablePosixSignalHandling(int number);
}
