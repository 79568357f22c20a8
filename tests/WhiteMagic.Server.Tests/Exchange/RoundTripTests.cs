using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class RoundTripTests
{
    [Fact]
    public void JsonLines_RandomMemories_AreReadBackAsTheyWere() =>
        RoundTrip(records =>
        {
            var stream = new MemoryStream();
            using Utf8JsonWriter json = JsonLines.OpenWriter(stream);
            records.ForEach(record => JsonLines.Write(json, stream, record));
            string text = Encoding.UTF8.GetString(stream.ToArray());
            Assert.Equal(records.Count, text.Split('\n').Length - 1);
            return Gathered.Jsonl(stream.ToArray());
        });

    [Fact]
    public void Markdown_RandomMemories_AreReadBackAsTheyWere() =>
        RoundTrip(records => Gathered.Markdown(Markdown(records)));

    [Fact]
    public void Markdown_LineEndsMadeCrlfByAnEditor_ContentIsReadBack()
    {
        MemoryRecord record = NastyMemories.One(new Random(1));
        record = Copy(record, "one\n\ntwo\n## three");
        string text = Encoding.UTF8.GetString(Markdown([record, Copy(NastyMemories.One(new Random(2)), "four\n")])).Replace("\n", "\r\n", StringComparison.Ordinal);
        Gathered read = Gathered.Markdown(text);
        Assert.Empty(read.Issues);
        Assert.Equal("one\n\ntwo\n## three", read.Drafts[0].Content);
        Assert.Equal("four\n", read.Drafts[1].Content);
    }

    [Fact]
    public void SupersededBy_SuccessorFollows_BecomesSupersedesOfTheSuccessor()
    {
        var random = new Random(3);
        MemoryRecord young = Copy(NastyMemories.One(random), "young");
        MemoryRecord old = Copy(NastyMemories.One(random), "old", young.Id);
        var stream = new MemoryStream();
        using Utf8JsonWriter json = JsonLines.OpenWriter(stream);
        JsonLines.Write(json, stream, old);
        JsonLines.Write(json, stream, young);
        foreach (Gathered read in new[] { Gathered.Jsonl(stream.ToArray()), Gathered.Markdown(Markdown([old, young])) })
        {
            Assert.Empty(read.Issues);
            Assert.Empty(read.Drafts[0].Supersedes);
            Assert.Equal([old.Id], read.Drafts[1].Supersedes);
        }
    }

    internal static byte[] Markdown(IReadOnlyList<MemoryRecord> records)
    {
        var stream = new MemoryStream();
        using (StreamWriter text = MarkdownNotes.OpenWriter(stream))
        {
            foreach (MemoryRecord record in records)
            {
                MarkdownNotes.Write(text, record);
            }
        }

        return stream.ToArray();
    }

    internal static MemoryRecord Copy(MemoryRecord r, string content, MemoryId? supersededBy = null) => new()
    {
        Id = r.Id,
        Title = r.Title,
        Content = content,
        Tags = r.Tags,
        Type = r.Type,
        Importance = r.Importance,
        CreatedAtMs = r.CreatedAtMs,
        UpdatedAtMs = r.UpdatedAtMs,
        EventTimeMs = r.EventTimeMs,
        Version = r.Version,
        AccessCount = r.AccessCount,
        ContentHash = r.ContentHash,
        SupersededBy = supersededBy,
    };

    private static void RoundTrip(Func<List<MemoryRecord>, Gathered> pass)
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            List<MemoryRecord> records = NastyMemories.Make(random, random.Next(0, 12));
            Gathered read = pass(records);
            Assert.True(read.Issues.Count == 0, $"seed {seed}: {(read.Issues.Count > 0 ? read.Issues[0].Reason : "")}");
            Assert.Equal(records.Count, read.Drafts.Count);
            for (int i = 0; i < records.Count; i++)
            {
                Same(records[i], read.Drafts[i], seed);
            }
        }
    }

    private static void Same(MemoryRecord record, MemoryDraft draft, int seed)
    {
        Assert.True(record.Content == draft.Content, $"seed {seed}: {JsonSerializer.Serialize(record.Content)} became {JsonSerializer.Serialize(draft.Content)}");
        Assert.True(record.Title == draft.Title, $"seed {seed}: {JsonSerializer.Serialize(record.Title)} became {JsonSerializer.Serialize(draft.Title)}");
        Assert.Equal(record.Id, draft.Id);
        Assert.Equal(record.Tags, draft.Tags);
        Assert.Equal(record.Type, draft.Type);
        Assert.Equal(record.Importance, draft.Importance);
        Assert.Equal(record.CreatedAtMs, draft.CreatedAtMs);
        Assert.Equal(record.UpdatedAtMs, draft.UpdatedAtMs);
        Assert.Equal(record.EventTimeMs, draft.EventTimeMs);
        Assert.Equal(record.SessionId, draft.SessionId);
        Assert.Equal(record.Speaker, draft.Speaker);
        Assert.Equal(record.Source, draft.Source);
        Assert.Equal(record.Metadata?.Replace('\n', ' ').Replace('\r', ' '), draft.Metadata);
        Assert.Equal(record.Version, draft.Version);
    }
}
