using System;
using System.Text.Json;
using System.Text.Unicode;

namespace WhiteMagic.Mcp;

/// <summary>Recognises <c>notifications/cancelled</c> while it is read, since it is worth nothing when it waits for its turn.</summary>
internal static class Withdrawal
{
    /// <summary>A longer notice is not looked for; its reason would be longer than anyone reads.</summary>
    private const int MaxNoticeBytes = 8 << 10;

    /// <summary>Whether <paramref name="line"/> is such a notice; then the inbox knows, and the line needs no answer.</summary>
    public static bool TryTake(ReadOnlySpan<byte> line, Inbox inbox)
    {
        // One quick search spares nearly every line the second look.
        if (line.Length > MaxNoticeBytes || line.IndexOf("cancelled"u8) < 0 || !Utf8.IsValid(line))
        {
            return false;
        }

        Envelope envelope = Envelope.Read(line);
        if (envelope.Shape != MessageShape.Object || !envelope.IsNotification || envelope.ParamsState != MemberState.Valid
            || envelope.HasUnreadableName || !IsCancelled(line[envelope.Method], envelope.MethodIsEscaped))
        {
            return false;
        }

        ReadOnlySpan<byte> id = RequestIdOf(line[envelope.Params]);
        if (!id.IsEmpty && id.Length <= Wire.MaxIdBytes)
        {
            inbox.Withdraw(id);
        }

        return true;
    }

    private static bool IsCancelled(ReadOnlySpan<byte> method, bool isEscaped) =>
        isEscaped ? JsonText.Unescape(method) == "notifications/cancelled" : method.SequenceEqual("notifications/cancelled"u8);

    /// <summary>The raw <c>requestId</c>; the last one counts; empty when there is none.</summary>
    private static ReadOnlySpan<byte> RequestIdOf(ReadOnlySpan<byte> parameters)
    {
        ReadOnlySpan<byte> id = default;
        var reader = new Utf8JsonReader(parameters, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("requestId"u8);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            bool isValid = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
            Envelope.Skip(ref reader, out _);
            if (isId)
            {
                id = isValid ? parameters[start..(int)reader.BytesConsumed] : default;
            }
        }

        return id;
    }
}
