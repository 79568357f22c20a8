using System;
using System.Linq;
using System.Text;
using WhiteMagic.Memory;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class MarkdownNotesTests
{
    [Fact]
    public void Write_Memory_LooksAsDocumented()
    {
        MemoryRecord record = RoundTripTests.Copy(NastyMemories.One(new Random(7)), "First.\n## Not a heading\n\\## nor this");
        string[] lines = Encoding.UTF8.GetString(RoundTripTests.Markdown([record])).Split('\n');
        Assert.Equal("# WhiteMagic memories", lines[0]);
        Assert.StartsWith("## ", lines[2], StringComparison.Ordinal);
        Assert.Equal($"- memory_id: {record.Id}", lines[4]);
        Assert.Equal(["First.", "\\## Not a heading", "\\\\## nor this", ""], lines[^4..]);
    }

    [Fact]
    public void Read_NoSections_IsOneMemoryWithTheHeadingAsTitle()
    {
        MemoryDraft draft = Gathered.Markdown("# Shopping\n\n- milk\n- bread\n\n").One();
        Assert.Equal(("Shopping", "- milk\n- bread", "notes.md"), (draft.Title, draft.Content, draft.Source));
    }

    [Fact]
    public void Read_NoHeading_TakesTheFileNameAsTitle() => Assert.Equal("notes", Gathered.Markdown("just text").One().Title);

    [Fact]
    public void Read_DataWithoutFile_HasNoSource() => Assert.Null(Gathered.Markdown("just text", null).One().Source);

    [Fact]
    public void Read_Sections_AreMemoriesThatNameTheirDocument()
    {
        Gathered read = Gathered.Markdown("# Doc\nintro\n\n## A\n\none\n\n### deeper\n\n## B\ntwo");
        Assert.Empty(read.Issues);
        Assert.Equal([("Doc", "intro"), ("A", "one\n\n### deeper"), ("B", "two")], read.Drafts.Select(draft => (draft.Title, draft.Content)));
        Assert.Equal([null, "{\"document\":\"Doc\"}", "{\"document\":\"Doc\"}"], read.Drafts.Select(draft => draft.Metadata));
        Assert.Equal([1L, 4L, 10L], read.Lines);
    }

    [Fact]
    public void Read_HeadingInsideAFence_IsContent()
    {
        Gathered read = Gathered.Markdown("## A\n~~~~sh\n## comment\n~~~\n```\n## more\n~~~~\n## B\nx");
        Assert.Equal(["A", "B"], read.Drafts.Select(draft => draft.Title));
        Assert.Equal("~~~~sh\n## comment\n~~~\n```\n## more\n~~~~", read.Drafts[0].Content);
    }

    [Fact]
    public void Read_FieldsInAnExportedSection_FenceDoesNotHideTheNextSection()
    {
        Gathered read = Gathered.Markdown("## A\n\n- tags: t\n\n```\nopen\n\n## B\n\n- tags: u\n\nx\n");
        Assert.Equal(["```\nopen", "x"], read.Drafts.Select(draft => draft.Content));
    }

    [Fact]
    public void Read_HeadingWithoutText_SaysWhatItsTitleSays() => Assert.Equal("Buy milk", Gathered.Markdown("## Buy milk\n\n").One().Content);

    [Fact]
    public void Read_OnlyADocumentHeading_IsAMemory() => Assert.Equal("Title", Gathered.Markdown("# Title").One().Content);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# WhiteMagic memories\n")]
    public void Read_NothingInIt_IsFine(string text)
    {
        Gathered read = Gathered.Markdown(text);
        Assert.Empty(read.Drafts);
        Assert.Empty(read.Issues);
    }

    [Fact]
    public void Read_HandWrittenFields_AreTaken()
    {
        MemoryDraft draft = Gathered.Markdown("## A\n- tags: x, y\n- memory_type: Decision\n- event_time: 1970-01-01\n\n  text\n").One();
        Assert.Equal(["x", "y"], draft.Tags);
        Assert.Equal(MemoryType.Decision, draft.Type);
        Assert.Equal(0, draft.EventTimeMs);
        Assert.Equal("  text", draft.Content);
    }

    [Fact]
    public void Read_ListThatIsNotOfFieldsOnly_IsContent()
    {
        MemoryDraft draft = Gathered.Markdown("## A\n\n- tags: x\n- importance: high, they say\n- milk\n").One();
        Assert.Equal("- tags: x\n- importance: high, they say\n- milk", draft.Content);
        Assert.Empty(draft.Tags);
    }

    [Fact]
    public void Read_FrontMatter_GivesTitleTagsAndDateAndKeepsTheRest()
    {
        MemoryDraft draft = Gathered.Markdown("---\ntitle: \"My note\"\ntags:\n  - One\n  - '#two'\ndate: 1970-01-01\nmood: good\n---\n# H\ntext\n").One();
        Assert.Equal(("My note", "# H\ntext", 0L), (draft.Title, draft.Content, draft.EventTimeMs));
        Assert.Equal(["one", "two"], draft.Tags);
        Assert.Equal("{\"front_matter\":\"mood: good\"}", draft.Metadata);
    }

    [Fact]
    public void Read_FrontMatterTagList_IsTaken() => Assert.Equal(["a", "b"], Gathered.Markdown("---\ntags: [A, \"b\"]\n---\ntext").One().Tags);

    [Theory]
    [InlineData("---\nA rule, no front matter\n---\ntext")]
    [InlineData("---\ntitle: never closed\n")]
    public void Read_RuleAtTheTop_IsContent(string text) => Assert.Equal(text.TrimEnd(), Gathered.Markdown(text).One().Content);

    [Fact]
    public void Read_OnlyFrontMatter_IsAMemory() => Assert.Equal("notes", Gathered.Markdown("---\ntags: a\n---\n").One().Content);

    [Theory]
    [InlineData("## A\n\n- importance: 7\n\ntext", "importance is 7; a number from 0 to 1 is allowed")]
    [InlineData("## A\n\n- memory_id: 7\n\ntext", "memory_id \"7\" is not a UUID such as 0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b")]
    [InlineData("## A\n\n- tags: a\n", "content is empty; give the text to remember")]
    [InlineData("## A\n\n- deleted_at: 1970-01-01\n\ntext", "deleted_at says that this memory was deleted; take that field away to bring it back as a living one")]
    public void Read_BadSection_FailsWithTheLineOfItsHeading(string section, string reason)
    {
        Gathered read = Gathered.Markdown("# Doc\n\n" + section + "\n\n## Good\n\nfine");
        Assert.Equal("fine", Assert.Single(read.Drafts).Content);
        Assert.Equal(3, Assert.Single(read.Issues).Line);
        Assert.Equal(reason, read.Issues[0].Reason);
    }

    [Fact]
    public void Read_InvalidUtf8_FailsTheSectionAndNamesTheLine()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("## A\n\n- a\n?\n- tags: b\n## B\nfine");
        bytes[10] = 0xFF;
        Gathered read = Gathered.Markdown(bytes);
        Assert.Equal("line 4 is not valid UTF-8", Assert.Single(read.Issues).Reason);
        Assert.Equal(1, read.Issues[0].Line);
        Assert.Equal("fine", Assert.Single(read.Drafts).Content);
    }

    [Fact]
    public void Read_TooMuchContent_FailsWithoutHoldingIt()
    {
        string line = new('x', 1023);
        Gathered read = Gathered.Markdown("## A\n" + string.Concat(Enumerable.Repeat(line + "\n", 3000)) + "## B\nfine");
        Assert.Equal("content has 3072000 bytes; the limit is 1048576", Assert.Single(read.Issues).Reason);
        Assert.Equal("fine", Assert.Single(read.Drafts).Content);
    }

    [Fact]
    public void Read_LineLongerThanTheLimit_FailsTheSection()
    {
        Gathered read = Gathered.Markdown("## A\n" + new string('x', (16 << 20) + 1) + "\n## B\nfine");
        Assert.Equal("line 2 is longer than 16777216 bytes", Assert.Single(read.Issues).Reason);
        Assert.Single(read.Drafts);
    }
}
