using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Demo;

/// <summary>This executable as a server in a process of its own, and the client's side of the conversation with it.</summary>
internal sealed class DemoServer : IDisposable
{
    private const int MostSeconds = 20;
    private const int ChunkBytes = 32 << 10;

    private readonly ChildProcess _process;
    private readonly List<byte> _line = [];
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly Transcript _transcript;
    private readonly ManualResetEventSlim _ended = new();
    private int _at;
    private int _end;
    private int _lastId;

    internal DemoServer(string program, string root, Transcript transcript)
    {
        _transcript = transcript;
        _process = ChildProcess.Start([program, "serve", "--state-root", root, "--galaxy", GalaxyName.Default], withPipes: true);

        // A server that says nothing must not make the demo wait for ever.
        new Thread(() =>
        {
            if (!_ended.Wait(TimeSpan.FromSeconds(MostSeconds)))
            {
                _process.Kill();
            }
        })
        { IsBackground = true }.Start();
    }

    /// <summary>Sends a request and returns the result that it is answered with.</summary>
    /// <exception cref="FailureException">The answer is an error, belongs to another request, or does not come.</exception>
    internal JsonElement Ask(string method, Action<Utf8JsonWriter> parameters)
    {
        int id = ++_lastId;
        Send(method, id, parameters);
        string line = ReadLine() ?? throw Unexpected(method, "the server ended without an answer");
        _transcript.Received(line);
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement answer = document.RootElement;
        return !answer.TryGetProperty("id"u8, out JsonElement answered) || answered.GetInt32() != id ? throw Unexpected(method, "the answer belongs to another request")
            : answer.TryGetProperty("result"u8, out JsonElement result) ? result.Clone()
            : throw Unexpected(method, "the answer is an error");
    }

    /// <summary>Calls a tool and returns the object that it answers with.</summary>
    /// <exception cref="FailureException">The tool failed.</exception>
    internal JsonElement Call(string tool, Action<Utf8JsonWriter> arguments)
    {
        JsonElement result = Ask("tools/call", json =>
        {
            json.WriteString("name", tool);
            json.WriteStartObject("arguments");
            arguments(json);
            json.WriteEndObject();
        });
        return result.TryGetProperty("isError"u8, out JsonElement isError) && isError.GetBoolean()
            ? throw Unexpected(tool, "the tool failed")
            : result.GetProperty("structuredContent"u8);
    }

    /// <summary>Sends a message that has no answer.</summary>
    internal void Notify(string method) => Send(method, null, null);

    /// <summary>Closes the server's input and returns its exit code.</summary>
    internal int End()
    {
        _process.Input!.Dispose();
        int code = _process.Wait();
        _ended.Set();
        return code;
    }

    public void Dispose()
    {
        _process.Dispose();
        _ended.Set();
    }

    /// <summary>The failure of a demo whose server did not do what it must.</summary>
    internal static FailureException Unexpected(string subject, string problem) =>
        new(ErrorCode.InternalError, $"the demo stopped at {subject}: {problem}", "run: wm doctor; wm demo --json shows every message in full");

    private string? ReadLine()
    {
        _line.Clear();
        while (true)
        {
            if (_at == _end)
            {
                _at = 0;
                _end = _process.Output!.Read(_chunk, 0, _chunk.Length);
                if (_end == 0)
                {
                    return null;
                }
            }

            byte next = _chunk[_at++];
            if (next == (byte)'\n')
            {
                return Encoding.UTF8.GetString(_line.ToArray());
            }

            _line.Add(next);
        }
    }

    private void Send(string method, int? id, Action<Utf8JsonWriter>? parameters)
    {
        using var message = new MemoryStream();
        using (var json = new Utf8JsonWriter(message, Wire.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            if (id is { } number)
            {
                json.WriteNumber("id", number);
            }

            json.WriteString("method", method);
            if (parameters is not null)
            {
                json.WriteStartObject("params");
                parameters(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        message.WriteByte((byte)'\n');
        _transcript.Sent(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length - 1));
        try
        {
            _process.Input!.Write(message.GetBuffer(), 0, (int)message.Length);
        }
        catch (IOException)
        {
            throw Unexpected(method, "the server has ended");
        }
    }
}
