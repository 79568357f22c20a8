using System;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>What a line is before its members are looked at.</summary>
internal enum MessageShape : byte
{
    Malformed,
    Object,
    Array,
    Scalar,
}

/// <summary>What stands at a member of the envelope.</summary>
internal enum MemberState : byte
{
    Absent,
    Valid,
    Invalid,
}

/// <summary>
/// The outermost members of a JSON-RPC message, found in one pass that keeps nothing but offsets. Nesting costs one bit a level,
/// so a message of any depth can be read. Of a member that occurs twice the last one counts.
/// </summary>
internal struct Envelope
{
    public MessageShape Shape;

    /// <summary>Valid: a string or an integer. A number with a fraction or exponent is invalid, but <see cref="Id"/> is set, for the echo.</summary>
    public MemberState IdState;

    /// <summary>Valid: a string.</summary>
    public MemberState MethodState;

    /// <summary>Valid: an object. Null counts as absent.</summary>
    public MemberState ParamsState;

    public bool IsJsonRpc2;
    public bool HasOutcome;

    /// <summary>A member name inside params holds an unpaired surrogate; looking members up by name would throw.</summary>
    public bool HasUnreadableName;

    /// <summary>How deep params are nested, they themselves being the first level.</summary>
    public int ParamsDepth;

    /// <summary>The raw id, with its quotes when it is a string.</summary>
    public Range Id;

    /// <summary>The raw inside of the method string.</summary>
    public Range Method;

    public bool MethodIsEscaped;
    public Range Params;

    /// <summary>No answer is due: a response.</summary>
    public readonly bool IsResponse => MethodState == MemberState.Absent && HasOutcome;

    /// <summary>A well-formed call that asks for no answer.</summary>
    public readonly bool IsNotification => IdState == MemberState.Absent && MethodState == MemberState.Valid && IsJsonRpc2;

    /// <summary>Reads the envelope of <paramref name="message"/>, which must be valid UTF-8.</summary>
    public static Envelope Read(ReadOnlySpan<byte> message)
    {
        var envelope = new Envelope();
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            reader.Read();
            MessageShape shape = reader.TokenType switch
            {
                JsonTokenType.StartObject => MessageShape.Object,
                JsonTokenType.StartArray => MessageShape.Array,
                _ => MessageShape.Scalar,
            };
            if (shape == MessageShape.Object)
            {
                envelope.ReadMembers(ref reader, message);
            }

            // To the end, since what follows may be no JSON.
            while (reader.Read())
            {
            }

            envelope.Shape = shape;
        }
        catch (JsonException)
        {
            envelope.Shape = MessageShape.Malformed;
        }

        return envelope;
    }

    /// <summary>Moves over the value the reader stands on and returns how deep it is nested: 0 for a scalar.</summary>
    public static int Skip(ref Utf8JsonReader reader, out bool hasUnreadableName)
    {
        hasUnreadableName = false;
        int floor = reader.CurrentDepth;
        int deepest = floor;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return 0;
        }

        // CurrentDepth of a start token is the depth it stands at, one less than that of what is inside.
        do
        {
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                deepest = Math.Max(deepest, reader.CurrentDepth);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                hasUnreadableName |= JsonText.HasUnpairedSurrogate(reader.ValueSpan);
            }
        }
        while (reader.CurrentDepth > floor || reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray));

        return deepest - floor + 1;
    }

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> message)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Member member = MemberOf(ref reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            JsonTokenType token = reader.TokenType;
            bool isEscaped = token == JsonTokenType.String && reader.ValueIsEscaped;
            if (member == Member.Version)
            {
                IsJsonRpc2 = token == JsonTokenType.String && !isEscaped && reader.ValueSpan.SequenceEqual("2.0"u8);
            }

            int depth = Skip(ref reader, out bool hasUnreadableName);
            int end = (int)reader.BytesConsumed;
            switch (member)
            {
                case Member.Id:
                    ReadId(token, message[start..end], start..end);
                    break;
                case Member.Method:
                    MethodState = token == JsonTokenType.String ? MemberState.Valid : MemberState.Invalid;
                    Method = (start + 1)..(end - 1);
                    MethodIsEscaped = isEscaped;
                    break;
                case Member.Params:
                    ParamsState = token switch
                    {
                        JsonTokenType.StartObject => MemberState.Valid,
                        JsonTokenType.Null => MemberState.Absent,
                        _ => MemberState.Invalid,
                    };
                    Params = start..end;
                    ParamsDepth = depth;
                    HasUnreadableName = hasUnreadableName;
                    break;
                case Member.Outcome:
                    HasOutcome = true;
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadId(JsonTokenType token, ReadOnlySpan<byte> raw, Range range)
    {
        Id = default;
        IdState = MemberState.Invalid;
        if (token is JsonTokenType.String or JsonTokenType.Number && raw.Length <= Wire.MaxIdBytes)
        {
            Id = range;
            bool isWhole = token == JsonTokenType.String || raw.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
            IdState = isWhole ? MemberState.Valid : MemberState.Invalid;
        }
    }

    private static Member MemberOf(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (reader.ValueIsEscaped && JsonText.HasUnpairedSurrogate(name))
        {
            return Member.Other;
        }

        return reader.ValueTextEquals("id"u8) ? Member.Id
            : reader.ValueTextEquals("method"u8) ? Member.Method
            : reader.ValueTextEquals("params"u8) ? Member.Params
            : reader.ValueTextEquals("jsonrpc"u8) ? Member.Version
            : reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8) ? Member.Outcome
            : Member.Other;
    }

    private enum Member : byte
    {
        Other,
        Version,
        Id,
        Method,
        Params,
        Outcome,
    }
}
