using System;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class NearnessToolTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose()
    {
        Assert.Empty(_bench.Defects);
        _bench.Dispose();
    }

    [Fact]
    public void Create_AnswersWithCoordinatesAndSimilarMemories()
    {
        string text = string.Join(' ', Enumerable.Range(0, 80).Select(i => $"word{i}"));
        JsonElement made = _bench.Ok("create_memory", $$"""{"content":"{{text}} love","title":"First","importance":0.75}""");
        Assert.Equal("""{"x":1,"y":0,"z":1,"w":0.95,"v":1}""", made.GetProperty("coordinates").GetRawText());
        Assert.Equal(0, made.GetProperty("similar").GetArrayLength());
        JsonElement again = _bench.Ok("create_memory", $$"""{"content":"{{text}} hope"}""").GetProperty("similar")[0];
        Assert.Equal(made.GetProperty("memory_id").GetString(), again.GetProperty("memory_id").GetString());
        Assert.Equal("First", again.GetProperty("title").GetString());
        Assert.InRange(again.GetProperty("similarity").GetDouble(), 0.9, 1);
        JsonElement read = _bench.Ok("read_memory", $$"""{"memory_id":"{{made.GetProperty("memory_id").GetString()}}"}""");
        Assert.Equal(made.GetProperty("coordinates").GetRawText(), read.GetProperty("memory").GetProperty("coordinates").GetRawText());
        Assert.False(_bench.Ok("list_memories").GetProperty("memories")[0].TryGetProperty("coordinates", out _));
    }

    [Fact]
    public void ViewHologram_GivesStatusNeighboursAndPoints()
    {
        string love = _bench.Create("love and hope", ""","title":"Love" """);
        string proof = _bench.Create("proof and theorem", ""","title":"Proof" """);
        JsonElement status = _bench.Ok("view_hologram", """{"operation":"status"}""");
        Assert.Equal((2, JsonValueKind.Null), (status.GetProperty("placed").GetInt32(), status.GetProperty("indexed").ValueKind));
        JsonElement near = Assert.Single(_bench.Ok("view_hologram", $$"""{"operation":"nearest","memory_id":"{{love}}"}""").GetProperty("points").EnumerateArray());
        Assert.Equal((proof, "Proof", 2), (near.GetProperty("memory_id").GetString(), near.GetProperty("title").GetString(), near.GetProperty("distance").GetDouble()));
        Assert.Equal((-1, 0, 1, 0.5, 1), (Number(near, "x"), Number(near, "y"), Number(near, "z"), Number(near, "w"), Number(near, "v")));
        JsonElement points = _bench.Ok("view_hologram", """{"operation":"query","x":1,"z":1,"v":1}""").GetProperty("points");
        Assert.Equal([love, proof], points.EnumerateArray().Select(p => p.GetProperty("memory_id").GetString()));
        Assert.Equal([0, 2], points.EnumerateArray().Select(p => p.GetProperty("distance").GetDouble()));
        Assert.Equal(1, _bench.Ok("view_hologram", """{"operation":"query","x":1,"z":1,"v":1,"radius":1.5}""").GetProperty("points").GetArrayLength());
        Assert.Equal(1, _bench.Ok("view_hologram", """{"operation":"query","limit":1}""").GetProperty("points").GetArrayLength());
        Assert.Equal(2, _bench.Ok("view_hologram", """{"operation":"status"}""").GetProperty("indexed").GetInt32());
    }

    [Fact]
    public void FindDuplicates_GivesPairs()
    {
        string text = string.Join(' ', Enumerable.Range(0, 80).Select(i => $"word{i}"));
        string a = _bench.Create(text + " love");
        string b = _bench.Create(text + " hope");
        _bench.Create("something else");
        JsonElement pair = Assert.Single(_bench.Ok("find_duplicates").GetProperty("pairs").EnumerateArray());
        Assert.Equal((a, b), (pair.GetProperty("a").GetString(), pair.GetProperty("b").GetString()));
        Assert.Equal(0, _bench.Ok("find_duplicates", """{"threshold":1}""").GetProperty("pairs").GetArrayLength());
        Assert.Contains("threshold is 0", _bench.Fails("invalid_params", "find_duplicates", """{"threshold":0}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void HybridRecall_GivesChannelsThatAddUpToTheScore()
    {
        for (int i = 0; i < 20; i++)
        {
            _bench.Create($"needle {i} " + new string('x', i), $$""","importance":{{i / 20.0}}""");
        }

        JsonElement results = _bench.Ok("hybrid_recall", """{"query":"needle","explain":true,"limit":15}""").GetProperty("results");
        Assert.Equal(15, results.GetArrayLength());
        Assert.All(results.EnumerateArray(), hit =>
        {
            Assert.Equal(hit.GetProperty("score").GetDouble(), hit.GetProperty("channels").EnumerateObject().Sum(c => c.Value.GetDouble()), 9);
            JsonElement explanation = hit.GetProperty("explanation");
            Assert.Equal(["text", "nearness", "recency", "importance", "access"], explanation.GetProperty("values").EnumerateObject().Select(c => c.Name));
            Assert.All(hit.GetProperty("channels").EnumerateObject(), c =>
                Assert.Equal(c.Value.GetDouble(), explanation.GetProperty("values").GetProperty(c.Name).GetDouble() * explanation.GetProperty("weights").GetProperty(c.Name).GetDouble(), 5));
            Assert.True(explanation.GetProperty("text").GetProperty("text").GetDouble() > 0);
        });
        Assert.False(_bench.Ok("hybrid_recall", """{"query":"needle"}""").GetProperty("results")[0].TryGetProperty("explanation", out _));
    }

    [Theory]
    [InlineData("view_hologram", "{}", "operation is missing")]
    [InlineData("view_hologram", """{"operation":"snapshot"}""", "operation is \"snapshot\"; allowed: status, nearest, query")]
    [InlineData("view_hologram", """{"operation":"nearest"}""", "memory_id is missing; operation nearest needs it")]
    [InlineData("view_hologram", """{"operation":"query","memory_id":"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"}""", "memory_id has no meaning for operation query")]
    [InlineData("view_hologram", """{"operation":"query","x":"1"}""", "x is a string; allowed: a number from -1000 to 1000")]
    [InlineData("view_hologram", """{"operation":"query","x":1e39}""", "x is the number 1e39")]
    [InlineData("view_hologram", """{"operation":"query","radius":-1}""", "radius is the number -1; allowed: a number from 0 to 1000")]
    [InlineData("find_duplicates", """{"limit":201}""", "limit is 201; 1 to 200 is allowed")]
    [InlineData("hybrid_recall", "{}", "query is missing")]
    public void Argument_ThatIsWrong_IsNamed(string tool, string arguments, string message) =>
        Assert.Contains(message, _bench.Fails("invalid_params", tool, arguments), StringComparison.Ordinal);

    [Fact]
    public void Nearest_ToAMemoryThatIsNotThere_IsNotFound() =>
        _bench.Fails(ErrorCode.NotFound, "view_hologram", """{"operation":"nearest","memory_id":"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"}""");

    [Fact]
    public void EmptyGalaxy_HasNoPointsPairsOrResults()
    {
        Assert.Equal(0, _bench.Ok("view_hologram", """{"operation":"query"}""").GetProperty("points").GetArrayLength());
        Assert.Equal(0, _bench.Ok("find_duplicates").GetProperty("pairs").GetArrayLength());
        Assert.Equal(0, _bench.Ok("hybrid_recall", """{"query":"x"}""").GetProperty("count").GetInt32());
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
