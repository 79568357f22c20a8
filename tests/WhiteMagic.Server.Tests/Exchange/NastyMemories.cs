using System;
using System.Collections.Generic;
using System.Text;
using WhiteMagic.Memory;

namespace WhiteMagic.Server.Tests.Exchange;

/// <summary>Makes random memories whose texts try to break a format.</summary>
internal static class NastyMemories
{
    private static readonly string[] _pieces =
    [
        "## Heading", "##", "##\t", "\\## escaped", "\\\\##", "\\", "# One", "### Three", "```", "```csharp", "~~~~", "---", "- memory_id: 1", "- tags: a, b",
        "memory_type: note", "\n", "\n\n", "\r\n", "\r", "\0", "😀", "é", "漢字", "\u2028", "\uFEFF", "\u0085", " ", "  ", "\t", "\"", "{\"a\":1}", "[x]", "(untitled)",
        "plain words", "WhiteMagic memories", "<!-- -->", "a,b", "\u0001", "\u001F", "\u007F", "#", "\\n", "\\ud800",
    ];

    public static List<MemoryRecord> Make(Random random, int count)
    {
        var records = new List<MemoryRecord>();
        for (int i = 0; i < count; i++)
        {
            records.Add(One(random));
        }

        return records;
    }

    public static MemoryRecord One(Random random)
    {
        string? Maybe(Func<string?> make) => random.Next(2) == 0 ? null : make();
        string content = Text(random, 12);
        if (string.IsNullOrWhiteSpace(content))
        {
            content += "x";
        }

        return new MemoryRecord
        {
            Id = Id(random),
            Title = MemoryFields.Title(random.Next(4) == 0 ? "" : Text(random, 4)),
            Content = content,
            Tags = MemoryFields.Tags(Tags(random)),
            Type = (MemoryType)random.Next(1, 8),
            Importance = random.Next(3) == 0 ? 0.5 : random.NextDouble(),
            CreatedAtMs = Time(random),
            UpdatedAtMs = Time(random),
            EventTimeMs = Time(random),
            SessionId = Maybe(() => MemoryFields.Name("session_id", Text(random, 3))),
            Speaker = Maybe(() => MemoryFields.Name("speaker", Text(random, 3))),
            Source = Maybe(() => MemoryFields.Name("source", Text(random, 3))),
            Metadata = Maybe(() => MemoryFields.Metadata(Metadata(random))),
            Version = random.Next(1, 50),
            AccessCount = random.Next(100),
            LastAccessedAtMs = random.Next(2) == 0 ? null : Time(random),
            ContentHash = new string('a', 64),
        };
    }

    public static MemoryId Id(Random random)
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return MemoryId.Read(bytes);
    }

    public static string Text(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, pieces + 1); i > 0; i--)
        {
            text.Append(_pieces[random.Next(_pieces.Length)]);
            if (random.Next(3) == 0)
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    // To the millisecond, between the years 1 and 9999.
    private static long Time(Random random) => random.NextInt64(-62_135_596_800_000, 253_402_300_799_999);

    private static List<string> Tags(Random random)
    {
        var tags = new List<string>();
        for (int i = random.Next(5); i > 0; i--)
        {
            string[] some = ["a", "b,c", "[x", "\"q\"", "two words", "漢", "-", "#", "a: b", "[1]", "\\"];
            tags.Add(some[random.Next(some.Length)]);
        }

        return tags;
    }

    private static string Metadata(Random random)
    {
        string value = System.Text.Json.JsonSerializer.Serialize(Text(random, 3));
        string[] some = ["{}", "{ \"a\" : 1.50 }", "{\n  \"k\": [1, 2],\r\n  \"n\": null\n}", "{\"v\":" + value + "}", "{\"deep\":{\"x\":{\"y\":[[[{}]]]}}}", "{\"title\":\"t\",\"content\":1}"];
        return some[random.Next(some.Length)];
    }
}
