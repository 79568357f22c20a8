using System;
using System.Text.Json;
using System.Text.Unicode;

namespace WhiteMagic.Mcp;

/// <summary>
/// Turns messages into answers, for any transport: checks the envelope, chooses the era, answers batches, and lets no exception out.
/// What a legacy handshake agreed on is its only state.
/// </summary>
internal sealed class Conversation
{
    /// <summary>Room that an error without data may take in a batch, its id included.</summary>
    private const int ErrorRoom = Wire.MaxIdBytes + 256;

    private readonly IExchange _exchange;
    private readonly LineBuffer _line;
    private readonly AnswerWriter _answer;
    private readonly Methods _methods;

    public Conversation(IMcpOffer offer, IExchange exchange, LineBuffer line)
    {
        _exchange = exchange;
        _line = line;
        _answer = new AnswerWriter(line, offer.Identity);
        _methods = new Methods(offer, _answer, exchange);
    }

    /// <summary>Answers <paramref name="message"/> into the line, which stays as it was when no answer is due.</summary>
    public void Answer(ReadOnlyMemory<byte> message)
    {
        if (!Utf8.IsValid(message.Span))
        {
            _answer.WriteError(default, Problem.Parse("the message is not valid UTF-8"));
            return;
        }

        Envelope envelope = Envelope.Read(message.Span);
        switch (envelope.Shape)
        {
            case MessageShape.Malformed:
                _answer.WriteError(default, Problem.Parse("the message is not valid JSON"));
                break;
            case MessageShape.Array:
                AnswerBatch(message);
                break;
            default:
                AnswerOne(message, in envelope, _line.Length + Wire.MaxResponseBytes - 1);
                break;
        }
    }

    /// <summary>Answers a line that was too long to be read.</summary>
    public void AnswerTooLong() =>
        _answer.WriteError(default, Problem.Request("the request line is longer than the limit of 16777216 bytes"));

    /// <returns>False when the answer would have passed <paramref name="end"/>; an error stands in for it.</returns>
    private bool AnswerOne(ReadOnlyMemory<byte> message, in Envelope envelope, int end)
    {
        if (Check(in envelope) is Problem problem)
        {
            _answer.WriteError(message.Span[envelope.Id], problem);
            return true;
        }

        if (envelope.Shape == MessageShape.Object && (envelope.IsResponse || envelope.IsNotification))
        {
            return true;
        }

        ReadOnlySpan<byte> id = message.Span[envelope.Id];
        if (!_exchange.Begin(id))
        {
            return true;
        }

        int start = _line.Length;
        Problem? failure = Carry(message, in envelope, start);
        if (failure is not null)
        {
            _line.Truncate(start);
            _answer.WriteError(id, failure);
        }

        // Errors are measured too: they repeat parts of the request or words of the offer.
        bool fits = _line.Length < end && !ReferenceEquals(failure, Problem.TooLong);
        if (_line.Length >= end)
        {
            _line.Truncate(start);
            _answer.WriteError(id, Problem.TooLong);
        }

        if (!_exchange.End())
        {
            _line.Truncate(start);
        }

        return fits;
    }

    private Problem? Carry(ReadOnlyMemory<byte> message, in Envelope envelope, int start)
    {
        try
        {
            return _methods.Answer(message, in envelope);
        }
#pragma warning disable CA1031 // A bug in one tool, or a lack of memory, must not end the conversation.
        catch (Exception)
#pragma warning restore CA1031
        {
            _line.Truncate(start);
            return Problem.Internal;
        }
    }

    private static Problem? Check(in Envelope envelope)
    {
        if (envelope.Shape != MessageShape.Object)
        {
            return Problem.Request("a message must be an object");
        }

        if (envelope.IsResponse)
        {
            return null;
        }

        if (envelope.IdState == MemberState.Invalid)
        {
            return Problem.Request("id must be a string or an integer of at most 1024 bytes");
        }

        if (!envelope.IsJsonRpc2)
        {
            return Problem.Request("jsonrpc must be \"2.0\"");
        }

        return envelope.MethodState == MemberState.Valid ? null : Problem.Request("method must be a string");
    }

    private void AnswerBatch(ReadOnlyMemory<byte> message)
    {
        if (!_methods.Opened.AllowsBatches)
        {
            _answer.WriteError(default, Problem.Request("batches are not part of this protocol version"));
            return;
        }

        int count = CountElements(message.Span);
        if (count is 0 or > Wire.MaxBatchCount)
        {
            _answer.WriteError(default, Problem.Request("a batch must hold 1 to 100 messages"));
            return;
        }

        int first = _line.Length;
        int end = first + Wire.MaxResponseBytes - 3;
        bool hasRoom = true;
        Utf8JsonReader reader = Open(message.Span);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            Envelope.Skip(ref reader, out _);
            ReadOnlyMemory<byte> element = message[start..(int)reader.BytesConsumed];
            Envelope envelope = Envelope.Read(element.Span);
            count--;
            int before = _line.Length;
            _line.Write(before == first ? (byte)'[' : (byte)',');
            int body = _line.Length;
            if (hasRoom)
            {
                hasRoom = AnswerOne(element, in envelope, end - (count * ErrorRoom));
            }
            else if (envelope.IdState == MemberState.Valid && !envelope.IsResponse)
            {
                _answer.WriteError(element.Span[envelope.Id], Problem.TooLong);
            }

            if (_line.Length == body)
            {
                _line.Truncate(before);
            }
        }

        if (_line.Length > first)
        {
            _line.Write((byte)']');
        }
    }

    private static int CountElements(ReadOnlySpan<byte> message)
    {
        int count = 0;
        Utf8JsonReader reader = Open(message);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && count <= Wire.MaxBatchCount)
        {
            Envelope.Skip(ref reader, out _);
            count++;
        }

        return count;
    }

    /// <summary>A reader inside the array.</summary>
    private static Utf8JsonReader Open(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        return reader;
    }
}
