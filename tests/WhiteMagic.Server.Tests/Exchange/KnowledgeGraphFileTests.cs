using System;
using System.Linq;
using WhiteMagic.Memory;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class KnowledgeGraphFileTests
{
    private const string Alice = """{"type":"entity","name":"Alice","entityType":"Person","observations":["likes tea","lives in Kyoto"]}""";

    [Fact]
    public void Read_Entity_BecomesAMemoryThatNamesIt()
    {
        MemoryDraft draft = Gathered.Graph(Alice).One();
        Assert.Equal(("Alice", "Alice (Person)\nlikes tea\nlives in Kyoto", MemoryType.Fact, "memory.jsonl"), (draft.Title, draft.Content, draft.Type, draft.Source));
        Assert.Equal(["person"], draft.Tags);
        Assert.Equal("{\"entity_type\":\"Person\"}", draft.Metadata);
    }

    [Fact]
    public void Read_TwoEntitiesWithTheSameObservations_AreTwoTexts()
    {
        Gathered read = Gathered.Graph(Alice + "\n" + Alice.Replace("Alice", "Bob", StringComparison.Ordinal));
        Assert.NotEqual(read.Drafts[0].Content, read.Drafts[1].Content);
    }

    [Fact]
    public void Read_Relation_IsKeptAtTheEntityItStartsAt()
    {
        Gathered read = Gathered.Graph("""{"type":"relation","from":"Alice","to":"Bob","relationType":"knows"}""" + "\n" + Alice);
        Assert.EndsWith("lives in Kyoto\nAlice knows Bob", read.One().Content, StringComparison.Ordinal);
        Assert.Equal("""{"entity_type":"Person","relations":[{"type":"relation","from":"Alice","to":"Bob","relationType":"knows"}]}""", read.Drafts[0].Metadata);
    }

    [Fact]
    public void Read_RelationThatOnlyEndsAtAnEntity_IsKeptThere() =>
        Assert.EndsWith("Bob knows Alice", Gathered.Graph(Alice + "\n{\"type\":\"relation\",\"from\":\"Bob\",\"to\":\"Alice\",\"relationType\":\"knows\"}").One().Content, StringComparison.Ordinal);

    [Fact]
    public void Read_RelationsOfUnknownEntities_AreAMemoryOfTheirOwn()
    {
        MemoryDraft draft = Gathered.Graph("{\"type\":\"relation\",\"from\":\"X\",\"to\":\"Y\",\"relationType\":\"r\"}\n{\"type\":\"relation\",\"from\":\"X\",\"to\":\"Z\"}").One();
        Assert.Equal(("X", "X r Y\nX is related to Z"), (draft.Title, draft.Content));
    }

    [Theory]
    [InlineData("""{"type":"entity","name":"A","entityType":"","observations":[]}""", "A")]
    [InlineData("""{"type":"entity","name":"A"}""", "A")]
    [InlineData("""{"type":"entity","name":"A","entityType":null,"observations":null}""", "A")]
    public void Read_EntityWithoutObservations_IsAMemory(string line, string content) => Assert.Equal(content, Gathered.Graph(line).One().Content);

    [Fact]
    public void Read_FurtherMembersAndStructuredObservations_AreKept()
    {
        MemoryDraft draft = Gathered.Graph("""{"type":"entity","name":"A","entityType":"T","observations":["x",{"content":"y","at":1}],"createdAt":"2025"}""").One();
        Assert.Equal("A (T)\nx\n{\"content\":\"y\",\"at\":1}", draft.Content);
        Assert.Equal("{\"entity_type\":\"T\",\"createdAt\":\"2025\"}", draft.Metadata);
    }

    [Fact]
    public void Read_WholeGraphAsOneObject_IsRead()
    {
        Gathered read = Gathered.Graph("""{"entities":[{"name":"A","entityType":"T","observations":["x"]}],"relations":[{"from":"A","to":"B","relationType":"r"}]}""");
        Assert.Equal("A (T)\nx\nA r B", read.One().Content);
    }

    [Fact]
    public void Read_MoreRelationsThanMetadataHolds_KeepsThemAsSentences()
    {
        Gathered read = Gathered.Graph(Alice + "\n" + string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"{{\"type\":\"relation\",\"from\":\"Alice\",\"to\":\"Person number {i:D5}\",\"relationType\":\"knows\"}}")));
        Assert.EndsWith("Alice knows Person number 00999", read.One().Content, StringComparison.Ordinal);
        Assert.Equal("{\"entity_type\":\"Person\"}", read.Drafts[0].Metadata);
    }

    [Fact]
    public void Read_TypeThatIsNoTag_IsKeptElsewhere()
    {
        string type = new('t', 129);
        MemoryDraft draft = Gathered.Graph($"{{\"type\":\"entity\",\"name\":\"A\",\"entityType\":\"{type}\",\"observations\":[]}}").One();
        Assert.Empty(draft.Tags);
        Assert.Contains(type, draft.Metadata!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"entity"}""", "name is missing")]
    [InlineData("""{"type":"entity","name":1}""", "name is not a text")]
    [InlineData("""{"type":"entity","name":"A","observations":"x"}""", "observations is not an array")]
    [InlineData("""{"type":"relation","from":"A"}""", "to is missing")]
    [InlineData("""{"type":"note"}""", "its type \"note\" is unknown; entity and relation are known")]
    [InlineData("""{"name":"A"}""", "it has no type; entity and relation are known")]
    [InlineData("""{"entities":[1]}""", "entities holds something that is not an object")]
    [InlineData("""{"entities":{}}""", "entities is not an array")]
    [InlineData("nonsense", "it is not valid JSON; reading stopped at byte 2")]
    public void Read_BadLine_FailsAndTheRestIsRead(string line, string reason)
    {
        Gathered read = Gathered.Graph(line + "\n" + Alice);
        Assert.Single(read.Drafts);
        Assert.Equal((1L, reason), (Assert.Single(read.Issues).Line, read.Issues[0].Reason));
    }

    [Fact]
    public void Read_EntityWithTooLongName_FailsWithItsLine() =>
        Assert.Equal("title has 1001 characters; the limit is 1000", Gathered.Graph($"{{\"type\":\"entity\",\"name\":\"{new string('n', 1001)}\"}}").OneReason());

    [Fact]
    public void Read_EmptyFile_IsFine() => Assert.Empty(Gathered.Graph("").Drafts);
}
