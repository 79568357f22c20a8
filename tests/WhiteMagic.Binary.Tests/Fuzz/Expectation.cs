using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Binary.Tests.Fuzz;

/// <summary>The oracle of the fuzz: reads a line strictly and says what answer it is due.</summary>
internal sealed record Expectation(Due Due, string? Id = null)
{
    private const int UndisputedDepth = 32, LongestId = 200;
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_000_000 };
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static Expectation Of(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0)
        {
            return new Expectation(Due.Silence);
        }

        bool disputed = !IsUtf8(line);
        byte[] readable = disputed ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)) : line.ToArray();
        try
        {
            using JsonDocument document = JsonDocument.Parse(readable, AnyDepth);
            Expectation strict = OfMessage(document.RootElement);
            return disputed || DepthOf(readable) > UndisputedDepth ? strict.Softened() : strict;
        }
        catch (JsonException)
        {
            return new Expectation(disputed ? Due.AnyAnswer : Due.ParseError);
        }
        catch (InvalidOperationException)
        {
            // A string holds half of a surrogate pair: it is JSON, and no text.
            return new Expectation(Due.Either);
        }
    }

    /// <summary>The id as it must come back: a string by its value, an integer by its digits; null when there is none.</summary>
    public static string? IdText(JsonElement id)
    {
        try
        {
            return id.ValueKind switch
            {
                JsonValueKind.String => "s" + id.GetString(),
                JsonValueKind.Number => "n" + id.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair has no text; such an id is never expected, only seen.
            return "r" + id.GetRawText();
        }
    }

    private Expectation Softened() => new(Due is Due.AnswerWithId or Due.AnyAnswer ? Due.AnyAnswer : Due.Either);

    private static Expectation OfMessage(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.Array)
        {
            bool asks = message.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.Object && OfMessage(each).Due == Due.AnswerWithId);
            return new Expectation(asks ? Due.AnyAnswer : Due.Either);
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return new Expectation(Due.AnyAnswer);
        }

        List<string> names = [.. message.EnumerateObject().Select(member => member.Name)];
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            return new Expectation(Due.Either);
        }

        bool hasId = message.TryGetProperty("id", out JsonElement id);
        if (!message.TryGetProperty("method", out JsonElement method))
        {
            bool isResponse = message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _);
            return new Expectation(isResponse ? Due.Silence : hasId && IsUsable(id) ? Due.AnyAnswer : Due.Either);
        }

        bool wellFormed = method.ValueKind == JsonValueKind.String && method.GetString() is not null
            && message.TryGetProperty("jsonrpc", out JsonElement version) && version.ValueKind == JsonValueKind.String && version.GetString() == "2.0";
        if (!hasId)
        {
            return new Expectation(wellFormed ? Due.Silence : Due.Either);
        }

        if (id.ValueKind == JsonValueKind.Null)
        {
            return new Expectation(Due.Either);
        }

        return wellFormed && IsUsable(id) ? new Expectation(Due.AnswerWithId, IdText(id)) : new Expectation(Due.AnyAnswer);
    }

    /// <summary>Strings and 64-bit integers are echoed exactly; fractions and larger numbers need any answer.</summary>
    private static bool IsUsable(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => id.GetString()!.Length <= LongestId,
        JsonValueKind.Number => id.TryGetInt64(out _) && id.GetRawText() != "-0" && id.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0,
        _ => false,
    };

    private static bool IsUtf8(ReadOnlySpan<byte> line)
    {
        try
        {
            StrictUtf8.GetCharCount(line);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int DepthOf(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = AnyDepth.MaxDepth });
        int deepest = 0;
        while (reader.Read())
        {
            deepest = Math.Max(deepest, reader.CurrentDepth);
        }

        return deepest;
    }
}
