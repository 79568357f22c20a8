using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class FuzzTests
{
    private static readonly int _rounds = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 200_000 : 20_000;

    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    private static readonly string[] _splices =
    [
        "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "\n", "\r\n", "\0", "## ", "```\n", "---\n", "- tags: ", "null", "1e999", "{}", "\uFEFF",
        "\"content\":", "\"memory_id\":", "\"metadata\":{", "\"type\":\"entity\",", "\"observations\":[", "tags:\n  - a\n", "# ", "\n\n", "- importance: \"\\ud800\"\n", "true",
    ];

    [Theory]
    [InlineData("jsonl")]
    [InlineData("markdown")]
    [InlineData("server-memory")]
    public void Import_MutatedInput_AccountsForEveryEntry(string format)
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {_rounds} rounds");
        var random = new Random(seed);
        byte[][] seeds = Seeds(format, random);
        for (int round = 0; round < _rounds; round++)
        {
            byte[] input = Mutate(random, seeds[random.Next(seeds.Length)]);
            try
            {
                Check(format, input);
            }
            catch (Exception e) when (e is not FailureException)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}\n{Convert.ToBase64String(input)}");
            }
        }
    }

    private static void Check(string format, byte[] input)
    {
        var gathered = new Gathered();
        var session = new MemoryImport();
        string text = Encoding.UTF8.GetString(input);
        ImportReport report = Importer.ImportData(text, new ImportOptions { Format = format, Begin = () => session });
        Assert.Equal(report.Read, report.Created + report.Reinforced + report.Skipped + report.Failed);
        Assert.Equal(report.Created, session.Committed.Count);

        // The bytes themselves, which may be invalid UTF-8, straight into the reader.
        var stream = new MemoryStream(input);
        switch (format)
        {
            case "jsonl":
                JsonLines.Read(stream, gathered.Take, gathered.Issues.Add);
                Assert.Equal(EntryCount(input), gathered.Drafts.Count + gathered.Issues.Count);
                break;
            case "markdown":
                MarkdownNotes.Read(stream, "notes.md", gathered.Take, gathered.Issues.Add);
                break;
            default:
                KnowledgeGraphFile.Read(stream, "notes.md", gathered.Take, gathered.Issues.Add);
                break;
        }

        foreach (ImportIssue issue in gathered.Issues)
        {
            Assert.NotEmpty(issue.Reason);
            Assert.True(issue.Line > 0);
        }

        // What was taken can be exported again: a text with half a surrogate pair would make this encoder throw.
        foreach (MemoryDraft draft in gathered.Drafts)
        {
            _strict.GetByteCount(draft.Title + draft.Content + draft.Metadata + draft.SessionId + draft.Speaker + draft.Source + string.Concat(draft.Tags));
        }
    }

    // Lines that hold more than white space.
    private static int EntryCount(byte[] input)
    {
        int count = 0;
        ReadOnlySpan<byte> rest = input.AsSpan().StartsWith("\uFEFF"u8) ? input.AsSpan(3) : input;
        foreach (Range range in rest.Split((byte)'\n'))
        {
            count += rest[range].Trim(" \t\r"u8).Length > 0 ? 1 : 0;
        }

        return count;
    }

    private static byte[][] Seeds(string format, Random random)
    {
        var seeds = new List<byte[]>();
        for (int i = 0; i < 20; i++)
        {
            List<MemoryRecord> records = NastyMemories.Make(random, random.Next(1, 5));
            if (format == "markdown")
            {
                seeds.Add(RoundTripTests.Markdown(records));
                continue;
            }

            var stream = new MemoryStream();
            using Utf8JsonWriter json = JsonLines.OpenWriter(stream);
            foreach (MemoryRecord record in records)
            {
                if (format == "jsonl")
                {
                    JsonLines.Write(json, stream, record);
                    continue;
                }

                stream.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"entity\",\"name\":{JsonSerializer.Serialize(record.Title)},\"entityType\":\"T{i % 3}\",\"observations\":[{JsonSerializer.Serialize(record.Content)}]}}\n"));
                stream.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"relation\",\"from\":{JsonSerializer.Serialize(record.Title)},\"to\":\"X\",\"relationType\":\"r\"}}\n"));
            }

            seeds.Add(stream.ToArray());
        }

        seeds.Add("---\ntitle: x\ntags:\n - a\ndate: 2020-01-01\n---\n# Doc\n\n## A\n\ntext\n"u8.ToArray());
        return seeds.ToArray();
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(_splices[random.Next(_splices.Length)])); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return bytes.ToArray();
    }
}
