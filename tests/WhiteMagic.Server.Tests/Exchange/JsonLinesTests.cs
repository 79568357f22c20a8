using System;
using System.IO;
using System.Linq;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class JsonLinesTests
{
    private const string Id = "01900102-0304-7506-8708-090a0b0c0d0e";

    [Fact]
    public void Read_ContentOnly_HasDefaults()
    {
        MemoryDraft draft = Gathered.Jsonl("{\"content\":\"x\"}").One();
        Assert.Equal("x", draft.Content);
        Assert.Equal(MemoryType.Note, draft.Type);
        Assert.Equal(0.5, draft.Importance);
        Assert.Null(draft.Id);
        Assert.Null(draft.EventTimeMs);
    }

    [Fact]
    public void Read_BomCrlfAndEmptyLines_AreTolerated()
    {
        Gathered read = Gathered.Jsonl("\uFEFF{\"content\":\"a\"}\r\n\r\n  \t\n{\"content\":\"b\"}");
        Assert.Empty(read.Issues);
        Assert.Equal(["a", "b"], read.Drafts.Select(draft => draft.Content));
        Assert.Equal([1L, 4L], read.Lines);
    }

    [Theory]
    [InlineData("[\"B\",\" a \",\"b\"]")]
    [InlineData("\"B, a,,b,\"")]
    public void Read_TagsAsArrayOrText_AreTheSame(string tags) =>
        Assert.Equal(["a", "b"], Gathered.Jsonl($"{{\"content\":\"x\",\"tags\":{tags}}}").One().Tags);

    [Fact]
    public void Read_NullMembers_AreAbsent() =>
        Assert.Equal("", Gathered.Jsonl("{\"content\":\"x\",\"title\":null,\"metadata\":null,\"memory_id\":null,\"deleted_at\":null}").One().Title);

    [Fact]
    public void Read_UnknownMembers_GoToTheMetadata()
    {
        Assert.Equal("{\"mood\":\"good\",\"n\":[1.50]}", Gathered.Jsonl("{\"content\":\"x\",\"mood\":\"good\",\"n\":[1.50]}").One().Metadata);
        Assert.Equal("{\"k\":1,\"mood\":null}", Gathered.Jsonl("{\"content\":\"x\",\"metadata\":{\"k\":1},\"mood\":null}").One().Metadata);
        Assert.Equal("{\"mood\":2}", Gathered.Jsonl("{\"mood\":2,\"content\":\"x\",\"metadata\":{ }}").One().Metadata);
    }

    [Fact]
    public void Read_Aliases_CountWhenOursIsAbsentAndTheyFit()
    {
        MemoryDraft draft = Gathered.Jsonl($"{{\"id\":\"{Id}\",\"text\":\"t\",\"timestamp\":\"1970-01-01\"}}").One();
        Assert.Equal(Id, draft.Id.ToString());
        Assert.Equal("t", draft.Content);
        Assert.Equal(0, draft.EventTimeMs);
        Assert.Null(draft.Metadata);
    }

    [Fact]
    public void Read_AliasesThatDoNotFit_GoToTheMetadata()
    {
        MemoryDraft draft = Gathered.Jsonl("{\"id\":17,\"content\":\"c\",\"text\":\"t\",\"date\":\"yesterday\",\"metadata\":{\"content\":1}}").One();
        Assert.Null(draft.Id);
        Assert.Equal("{\"content\":1,\"id\":17,\"text\":\"t\",\"date\":\"yesterday\"}", draft.Metadata);
    }

    [Fact]
    public void Read_AliasUsedAndSameNameInMetadata_IsNoConflict() =>
        Assert.Equal("{\"text\":1}", Gathered.Jsonl("{\"text\":\"t\",\"metadata\":{\"text\":1}}").One().Metadata);

    [Fact]
    public void Read_ComputedMembers_AreKnownAndNotTaken() =>
        Assert.Null(Gathered.Jsonl("{\"content\":\"x\",\"access_count\":3,\"content_hash\":\"ff\",\"coordinates\":{\"x\":1},\"last_accessed_at\":\"1970-01-01\"}").One().Metadata);

    [Theory]
    [InlineData("{", "it is not valid JSON; reading stopped at byte 2")]
    [InlineData("{\"content\":\"x\"} {}", "it is not valid JSON; reading stopped at byte 17")]
    [InlineData("[1]", "it is not a JSON object; each line holds one, such as {\"content\":\"…\"}")]
    [InlineData("{}", "content is missing; it is the only field that every memory needs")]
    [InlineData("{\"content\":\" \"}", "content is empty; give the text to remember")]
    [InlineData("{\"content\":\"a\",\"content\":\"b\"}", "the member \"content\" occurs twice")]
    [InlineData("{\"content\":true}", "content is true or false, which it cannot be")]
    [InlineData("{\"content\":[\"a\"]}", "content is an array, which it cannot be")]
    [InlineData("{\"content\":\"x\",\"title\":{}}", "title is an object, which it cannot be")]
    [InlineData("{\"content\":\"x\",\"tags\":[1]}", "tags holds something that is not a text; give an array of texts")]
    [InlineData("{\"content\":\"x\",\"tags\":[\"\"]}", "tags holds an empty tag; a tag has 1 to 128 characters")]
    [InlineData("{\"content\":\"x\",\"memory_id\":\"7\"}", "memory_id \"7\" is not a UUID such as 0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b")]
    [InlineData("{\"content\":\"x\",\"memory_type\":\"LONG_TERM\"}", "memory_type \"LONG_TERM\" is unknown; allowed: note, fact, decision, event, procedure, preference, conversation")]
    [InlineData("{\"content\":\"x\",\"importance\":2}", "importance is 2; a number from 0 to 1 is allowed")]
    [InlineData("{\"content\":\"x\",\"importance\":\"high\"}", "importance \"high\" is not a number from 0 to 1")]
    [InlineData("{\"content\":\"x\",\"version\":0}", "version \"0\" is not a whole number from 1 on")]
    [InlineData("{\"content\":\"x\",\"metadata\":[]}", "metadata is an array, which it cannot be")]
    [InlineData("{\"content\":\"x\",\"metadata\":\"{\"}", "metadata is not valid JSON; give an object such as {\"project\":\"alpha\"}")]
    [InlineData("{\"content\":\"x\",\"metadata\":{\"k\":1},\"k\":2}", "the member \"k\" is in the line and in its metadata")]
    [InlineData("{\"content\":\"\\ud800\"}", "it holds an escape \\uD800 to \\uDFFF without its other half, which is no character")]
    [InlineData("{\"content\":\"x\",\"metadata\":{\"k\":\"\\uDC00\"}}", "it holds an escape \\uD800 to \\uDFFF without its other half, which is no character")]
    [InlineData("{\"content\":\"x\",\"\\ud83d\":1}", "it holds an escape \\uD800 to \\uDFFF without its other half, which is no character")]
    [InlineData("{\"content\":\"x\",\"deleted_at\":\"1970-01-01T00:00:00Z\"}", "deleted_at says that this memory was deleted; take that field away to bring it back as a living one")]
    public void Read_BadLine_FailsWithItsReasonAndTheRestIsRead(string line, string reason)
    {
        Gathered read = Gathered.Jsonl("{\"content\":\"before\"}\n" + line + "\n{\"content\":\"after\"}\n");
        Assert.Equal(["before", "after"], read.Drafts.Select(draft => draft.Content));
        Assert.Equal(2, Assert.Single(read.Issues).Line);
        Assert.Equal(reason, read.Issues[0].Reason);
    }

    [Theory]
    [InlineData("created_at")]
    [InlineData("updated_at")]
    [InlineData("event_time")]
    public void Read_BadTime_FailsAndNamesTheField(string name) =>
        Assert.StartsWith($"{name} \"soon\" is not a time; allowed: RFC 3339", Gathered.Jsonl($"{{\"content\":\"x\",\"{name}\":\"soon\"}}").OneReason(), StringComparison.Ordinal);

    [Fact]
    public void Read_SurrogatePairAndEscapedBackslash_AreNoHalfPairs() =>
        Assert.Equal("😀\\ud800", Gathered.Jsonl("{\"content\":\"\\uD83D\\uDE00\\\\ud800\"}").One().Content);

    [Fact]
    public void Read_InvalidUtf8_FailsForThatLine()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("{\"content\":\"a?\"}\n{\"content\":\"b\"}");
        bytes[13] = 0xC3;
        Gathered read = Gathered.Jsonl(bytes);
        Assert.Equal("it is not valid UTF-8", Assert.Single(read.Issues).Reason);
        Assert.Equal("b", Assert.Single(read.Drafts).Content);
    }

    [Fact]
    public void Read_LineLongerThanTheLimit_FailsAndTheNextIsRead()
    {
        Gathered read = Gathered.Jsonl("{\"content\":\"" + new string('x', 16 << 20) + "\"}\n{\"content\":\"b\"}\n");
        Assert.Equal("the line is longer than 16777216 bytes", Assert.Single(read.Issues).Reason);
        Assert.Equal("b", Assert.Single(read.Drafts).Content);
        Assert.Equal([2L], read.Lines);
    }

    [Fact]
    public void Read_LastLineTooLongWithoutNewline_Fails() =>
        Assert.Equal("the line is longer than 16777216 bytes", Gathered.Jsonl(new string(' ', (16 << 20) + 1)).OneReason());

    [Fact]
    public void Read_ContentOverTheLimit_FailsWithSizeAndLimit() =>
        Assert.Equal("content has 1048577 bytes; the limit is 1048576", Gathered.Jsonl("{\"content\":\"" + new string('x', (1 << 20) + 1) + "\"}").OneReason());

    [Fact]
    public void Read_MetadataAtTheDeepestAllowed_IsTaken()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 63)) + "{}" + new string('}', 63);
        Assert.Equal(deep, Gathered.Jsonl($"{{\"content\":\"x\",\"metadata\":{deep}}}").One().Metadata);
    }

    [Fact]
    public void Read_StreamThatGivesAFewBytesAtATime_FindsTheSameLines()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] contents = Enumerable.Range(0, 40).Select(i => i + new string('é', random.Next(0, 60_000))).ToArray();
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join("\n", contents.Select(content => $"{{\"content\":\"{content}\"}}")));
        var gathered = new Gathered();
        JsonLines.Read(new Trickle(bytes, random), gathered.Take, gathered.Issues.Add);
        Assert.Empty(gathered.Issues);
        Assert.Equal(contents, gathered.Drafts.Select(draft => draft.Content));
    }

    [Fact]
    public void Read_EmptyFile_IsFine() => Assert.Empty(Gathered.Jsonl("").Issues);

    private sealed class Trickle(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 5000)));
    }
}
