using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Tools;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class ToolListTests(ITestOutputHelper output)
{
    private static readonly string[] _later =
    [
        "hybrid_recall", "find_duplicates", "view_hologram", "dharma_rules", "dharma_reload", "set_dharma_profile", "evaluate_ethics", "check_boundaries", "karmic_trace",
        "karma_checkpoint", "harmony_vector", "rate_limiter_stats",
    ];

    [Theory]
    [InlineData("lite", 12_000, 22_000)]
    [InlineData("first", 8_000, 16_000)]
    [InlineData("core", 3_500, 7_000)]
    public void List_IsSmall(string which, int mostInputBytes, int mostBytes)
    {
        // The first release's tools have a limit of their own, so that the later ones do not eat its room.
        JsonElement[] tools = [.. new Catalog(which == "core").Tools.Where(t => which != "first" || !_later.Contains(t.Name)).Select(ToolBench.ToolOf)];
        int input = tools.Sum(t => Bytes(t.GetProperty("name")) + Bytes(t.GetProperty("description")) + Bytes(t.GetProperty("inputSchema")));
        int all = tools.Sum(t => Encoding.UTF8.GetByteCount(t.GetRawText()) + 1) + 1;
        output.WriteLine($"{tools.Length} tools: names, descriptions and input schemas {input} bytes, everything {all} bytes");
        Assert.InRange(input, 1, mostInputBytes);
        Assert.InRange(all, 1, mostBytes);
    }

    [Fact]
    public void List_IsTheOneThatWasAccepted()
    {
        var text = new StringBuilder();
        foreach (bool coreOnly in new[] { true, false })
        {
            text.Append(coreOnly ? "# core\n" : "# lite\n");
            foreach (JsonElement tool in new Catalog(coreOnly).Tools.Select(ToolBench.ToolOf))
            {
                text.Append(coreOnly ? tool.GetProperty("name").GetString() : tool.GetRawText()).Append('\n');
            }
        }

        string accepted = Repository.File("tests", "WhiteMagic.Server.Tests", "Tools", "tools.snapshot.txt");
        if (!File.Exists(accepted) || File.ReadAllText(accepted) != text.ToString())
        {
            File.WriteAllText(accepted + ".received", text.ToString());
            Assert.Fail($"the tool list is another one; compare {accepted}.received and accept it by renaming");
        }
    }

    [Fact]
    public void EveryTool_HasHintsThatFitItsEffect()
    {
        foreach (WhiteMagic.Tools.Defining.Tool tool in new Catalog(coreOnly: false).Tools)
        {
            JsonElement annotations = ToolBench.ToolOf(tool).GetProperty("annotations");
            bool reads = tool.Effect == WhiteMagic.Governance.Effect.Read;
            Assert.Equal(reads, annotations.GetProperty("readOnlyHint").GetBoolean());
            Assert.True(!reads || (annotations.GetProperty("idempotentHint").GetBoolean() && !annotations.GetProperty("destructiveHint").GetBoolean()));
            Assert.True(tool.Effect != WhiteMagic.Governance.Effect.Delete || annotations.GetProperty("destructiveHint").GetBoolean());
            Assert.Equal(3, annotations.EnumerateObject().Count());
        }
    }

    [Theory]
    [InlineData("update_memory", true, false)]
    [InlineData("export_memories", true, false)]
    [InlineData("delete_memory", true, true)]
    [InlineData("create_memory", false, true)]
    [InlineData("import_memories", false, true)]
    public void Hints_OfAToolThatChangesSomething_SayWhatIsLost(string name, bool destructive, bool idempotent)
    {
        JsonElement annotations = ToolBench.ToolOf(new Catalog(coreOnly: false).Find(name)!).GetProperty("annotations");
        Assert.Equal((destructive, idempotent), (annotations.GetProperty("destructiveHint").GetBoolean(), annotations.GetProperty("idempotentHint").GetBoolean()));
    }

    private static int Bytes(JsonElement element) => Encoding.UTF8.GetByteCount(element.GetRawText());
}
