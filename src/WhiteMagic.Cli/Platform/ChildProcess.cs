using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// A process that this one starts and waits for, by posix_spawn: the framework's own class for it would add more to the executable than
/// everything else of the command line. Unix only.
/// </summary>
internal sealed unsafe partial class ChildProcess : IDisposable
{
    // Larger than the type is on any system: 80 bytes with glibc and musl, a pointer on macOS.
    private const int FileActionsBytes = 256;
    private const int KillSignal = 9;
    private const int InterruptedCall = 4;
    private const int LastStandardFile = 2;

    private readonly int _id;
    private int? _exitCode;

    private ChildProcess(int id, Stream? input, Stream? output)
    {
        _id = id;
        Input = input;
        Output = output;
    }

    /// <summary>What is written here the child reads; null when it shares this process's input.</summary>
    internal Stream? Input { get; }

    /// <summary>What the child writes; null when it shares this process's output.</summary>
    internal Stream? Output { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="words">The program, by path or by a name on the PATH, and its arguments.</param>
    /// <param name="withPipes">Whether its input and output are ours to write and read; else it shares those of this process.</param>
    /// <exception cref="FailureException">It cannot be started.</exception>
    internal static ChildProcess Start(string[] words, bool withPipes)
    {
        if (OperatingSystem.IsWindows())
        {
            throw FailureException.Invalid("this command starts another process, which wm does not do on Windows");
        }

        int* toChild = stackalloc int[2];
        int* fromChild = stackalloc int[2];
        byte* actions = stackalloc byte[FileActionsBytes];
        byte[][] texts = new byte[words.Length][];
        for (int i = 0; i < words.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetBytes(words[i] + "\0");
        }

        if (withPipes && (pipe(toChild) != 0 || pipe(fromChild) != 0))
        {
            throw new FailureException(ErrorCode.InternalError, "the system gives no pipe to a child process");
        }

        byte** argv = stackalloc byte*[words.Length + 1];
        var pins = new GCHandle[words.Length];
        int id = 0;
        int error;
        try
        {
            // SAFETY: every text ends with a zero and stays pinned until the call has copied it; argv ends with a null pointer; the system
            // initialises the actions within the room given.
            for (int i = 0; i < words.Length; i++)
            {
                pins[i] = GCHandle.Alloc(texts[i], GCHandleType.Pinned);
                argv[i] = (byte*)pins[i].AddrOfPinnedObject();
            }

            argv[words.Length] = null;
            _ = posix_spawn_file_actions_init(actions);
            if (withPipes)
            {
                _ = posix_spawn_file_actions_adddup2(actions, toChild[0], 0);
                _ = posix_spawn_file_actions_adddup2(actions, fromChild[1], 1);
                foreach (int file in (ReadOnlySpan<int>)[toChild[0], toChild[1], fromChild[0], fromChild[1]])
                {
                    if (file > LastStandardFile)
                    {
                        _ = posix_spawn_file_actions_addclose(actions, file);
                    }
                }
            }

            error = posix_spawnp(&id, argv[0], actions, null, argv, GetEnviron());
            _ = posix_spawn_file_actions_destroy(actions);
        }
        finally
        {
            foreach (GCHandle pin in pins)
            {
                if (pin.IsAllocated)
                {
                    pin.Free();
                }
            }
        }

        if (withPipes)
        {
            _ = close(toChild[0]);
            _ = close(fromChild[1]);
        }

        if (error != 0)
        {
            if (withPipes)
            {
                _ = close(toChild[1]);
                _ = close(fromChild[0]);
            }

            throw new FailureException(ErrorCode.NotFound, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{words[0]} cannot be started (system error {error})"));
        }

        return withPipes ? new ChildProcess(id, Open(toChild[1], FileAccess.Write), Open(fromChild[0], FileAccess.Read)) : new ChildProcess(id, null, null);
    }

    /// <summary>Waits until it has ended; returns its exit code, or 128 and the signal that ended it.</summary>
    internal int Wait()
    {
        if (_exitCode is { } known)
        {
            return known;
        }

        int status = 0;
        while (waitpid(_id, &status, 0) < 0 && Marshal.GetLastPInvokeError() == InterruptedCall)
        {
        }

        // The low seven bits are the signal; without one, the next byte is the code.
        int signal = status & 0x7f;
        int code = signal == 0 ? (status >> 8) & 0xff : 128 + signal;
        _exitCode = code;
        return code;
    }

    /// <summary>Ends it by force, if it has not been waited for.</summary>
    internal void Kill()
    {
        if (_exitCode is null)
        {
            _ = kill(_id, KillSignal);
        }
    }

    /// <summary>Closes its input, after which a server ends by itself, and waits for it.</summary>
    public void Dispose()
    {
        Input?.Dispose();
        Wait();
        Output?.Dispose();
    }

    private static FileStream Open(int file, FileAccess access) => new(new SafeFileHandle(file, ownsHandle: true), access, bufferSize: 0);

    [LibraryImport("libc")]
    private static partial int pipe(int* files);

    [LibraryImport("libc")]
    private static partial int close(int file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int id, int* status, int options);

    [LibraryImport("libc")]
    private static partial int kill(int id, int signal);

    [LibraryImport("libc")]
    private static partial int posix_spawnp(int* id, byte* file, byte* actions, void* attributes, byte** argv, byte** environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addclose(byte* actions, int file);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetEnviron")]
    private static partial byte** GetEnviron();
}
