using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace WhiteMagic.Binary.Tests.Running;

/// <summary>A server spoken to in raw lines, so that a test decides about every byte.</summary>
internal sealed class StdioServer : IDisposable
{
    private const byte LineFeed = (byte)'\n';
    private const int KeptErrorChars = 4000;

    // A broken pipe comes before the exit code and the last words on stderr.
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(1);
    private readonly Process process;
    private readonly Stream input;
    private readonly BlockingCollection<byte[]> lines = [];
    private readonly StringBuilder errors = new();

    public StdioServer(IReadOnlyList<string> command, string stateRoot, bool emptyEnvironment = false, bool readsLate = false)
    {
        ProcessStartInfo start = new(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        for (int i = 1; i < command.Count; i++)
        {
            start.ArgumentList.Add(command[i]);
        }

        if (emptyEnvironment)
        {
            start.Environment.Clear();
        }

        start.Environment["WM_STATE_ROOT"] = stateRoot;
        process = Process.Start(start)!;
        input = process.StandardInput.BaseStream;
        process.ErrorDataReceived += (_, data) => KeepError(data.Data);
        process.BeginErrorReadLine();
        if (!readsLate)
        {
            StartReading();
        }
    }

    /// <summary>For a server that was made to be read late.</summary>
    public void StartReading() => new Thread(ReadLines) { IsBackground = true }.Start();

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Writes the lines, each with its line feed, in one piece.</summary>
    public void Send(params ReadOnlySpan<byte[]> messages)
    {
        using MemoryStream joined = new();
        foreach (byte[] message in messages)
        {
            joined.Write(message);
            joined.WriteByte(LineFeed);
        }

        try
        {
            input.Write(joined.GetBuffer(), 0, (int)joined.Length);
            input.Flush();
        }
        catch (IOException broken)
        {
            process.WaitForExit(ExitGrace);
            throw new IOException($"the server no longer reads: {(process.HasExited ? $"it exited with {process.ExitCode}" : "it still runs")}; {Errors}", broken);
        }
    }

    public void Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    /// <summary>The next line of stdout, or null when none comes in time or stdout has ended.</summary>
    public byte[]? Receive(TimeSpan limit) => lines.TryTake(out byte[]? line, limit) ? line : null;

    public void EndInput() => input.Close();

    public bool WaitForExit(TimeSpan limit) => process.WaitForExit(limit);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private void KeepError(string? line)
    {
        lock (errors)
        {
            if (line is not null && errors.Length < KeptErrorChars)
            {
                errors.AppendLine(line);
            }
        }
    }

    private void ReadLines()
    {
        using BufferedStream output = new(process.StandardOutput.BaseStream, 65536);
        List<byte> line = [];
        try
        {
            for (int next = output.ReadByte(); next >= 0; next = output.ReadByte())
            {
                if (next != LineFeed)
                {
                    line.Add((byte)next);
                    continue;
                }

                lines.Add([.. line]);
                line.Clear();
            }
        }
        catch (IOException)
        {
            // The process was killed while we read.
        }

        if (line.Count > 0)
        {
            lines.Add([.. line]);
        }

        lines.CompleteAdding();
    }
}
