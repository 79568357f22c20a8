using System;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>Sends the progress of one call, not more often than a person can read; the last report always goes out.</summary>
internal sealed class ProgressRelay(IExchange exchange, ReadOnlySpan<byte> token) : IProgressSink
{
    private const long IntervalMs = 100;

    private readonly byte[] _token = token.ToArray();
    private readonly LineBuffer _line = new();
    private long _sentAt = long.MinValue;
    private long _done = long.MinValue;
    private long? _total;
    private string _message = "";
    private bool _isWaiting;
    private bool _isClosed;

    public void Report(long done, long? total, string message)
    {
        if (_isClosed || done <= _done)
        {
            return;
        }

        _done = done;
        _total = total;
        _message = message;
        _isWaiting = true;
        long now = Environment.TickCount64;
        if (_sentAt == long.MinValue || now - _sentAt >= IntervalMs)
        {
            _sentAt = now;
            Send();
        }
    }

    /// <summary>Sends the report that was held back, if any; later ones are ignored, since the answer follows.</summary>
    public void Close()
    {
        if (_isWaiting)
        {
            Send();
        }

        _isClosed = true;
    }

    private void Send()
    {
        _isWaiting = false;
        _line.Clear();
        _line.Write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"u8);
        _line.Write(_token);
        _line.Write(","u8);
        using (var json = new Utf8JsonWriter(_line, Wire.JsonOptions))
        {
            // The writer sees the members of an object that is already open.
            json.WriteNumber("progress"u8, _done);
            if (_total is long total)
            {
                json.WriteNumber("total"u8, total);
            }

            if (_message.Length > 0)
            {
                json.WriteString("message"u8, _message);
            }
        }

        _line.Write("}}"u8);
        exchange.Notify(_line);
    }
}
