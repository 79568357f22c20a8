using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Tools;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class PolicyTests
{
    private static readonly Catalog _catalog = new(coreOnly: false);

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 10)];

    [Fact]
    public void Page_HasTenPolicies() => Assert.Equal(Enumerable.Range(1, 10), PolicyPage.Read().Select(p => p.Number));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Policy_DoesWhatItsCasesExpect_AndTheyNeedIt(int number)
    {
        PolicyPage.Policy policy = PolicyPage.Read().Single(p => p.Number == number);
        Assert.All(Run(policy, RuleBook.Read(Document("policy.yaml", policy.Rules))), r => Assert.True(r.IsAsExpected, $"{r.Place} {r.Name}: {r.Found} by {string.Join(",", r.FoundRules)}"));
        Assert.Contains(Run(policy, RuleBook.Read()), r => number == 7 || !r.IsAsExpected);
    }

    [Theory]
    [InlineData(1, "reviewer/1.0", "create_memory", """{"content":"x"}""", "policy_blocked")]
    [InlineData(1, "reviewer/1.0", "search_memories", """{"query":"x"}""", null)]
    [InlineData(1, "coder/1.0", "create_memory", """{"content":"x"}""", null)]
    [InlineData(2, "coder/1.0", "delete_memory", """{"memory_id":"HELD"}""", "policy_blocked")]
    [InlineData(2, "coder/1.0", "update_memory", """{"memory_id":"HELD","title":"t"}""", null)]
    [InlineData(4, "coder/1.0", "create_memory", """{"content":"x"}""", "policy_blocked")]
    [InlineData(4, "coder/1.0", "create_memory", """{"content":"x","galaxy":"project-x"}""", null)]
    [InlineData(4, "coder/1.0", "gnosis", "{}", null)]
    [InlineData(6, "coder/1.0", "delete_memory", """{"memory_id":"HELD"}""", "policy_blocked")]
    [InlineData(6, "archivist/2", "delete_memory", """{"memory_id":"HELD"}""", null)]
    [InlineData(8, "coder/1.0", "create_memory", """{"content":"x"}""", "policy_blocked")]
    [InlineData(8, "coder/1.0", "create_memory", """{"content":"x","tags":["a"]}""", null)]
    [InlineData(9, "coder/1.0", "export_memories", """{"path":"/tmp/never.jsonl"}""", "policy_blocked")]
    [InlineData(10, "coder/1.0", "delete_memory", """{"memory_id":"HELD","purge":true}""", "policy_blocked")]
    [InlineData(10, "coder/1.0", "update_memory", """{"memory_id":"HELD","tags":["free"]}""", "policy_blocked")]
    [InlineData(10, "coder/1.0", "create_memory", """{"content":"newer","supersedes":["HELD"]}""", "policy_blocked")]
    [InlineData(10, "coder/1.0", "delete_memory", """{"memory_id":"OTHER"}""", null)]
    public void Policy_HoldsForRealCalls(int number, string agent, string tool, string arguments, string? code)
    {
        using var bench = new ToolBench(ruled: true);
        bench.Agent = "cli/1";
        string held = bench.Create("a contract", ""","tags":["legal-hold"]""");
        string other = bench.Create("another", ""","tags":["t"]""");
        bench.Ok("galaxy_create", """{"name":"project-x"}""");
        Write(bench, PolicyPage.Read().Single(p => p.Number == number).Rules);
        bench.Agent = agent;
        (JsonElement answer, bool isError) = bench.Raw(tool, arguments.Replace("HELD", held, StringComparison.Ordinal).Replace("OTHER", other, StringComparison.Ordinal));
        Assert.Equal(code, isError ? answer.GetProperty("error_code").GetString() : null);
        Assert.Empty(bench.StageFailures);
        if (code is not null)
        {
            Assert.StartsWith("rule ", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Policy3_SecretsAreTakenOutOfWhatIsStored_AlsoOfImports()
    {
        const string Key = "AKIAQ3EXAMPLE7TESTKY";
        using var bench = new ToolBench(ruled: true);
        string refused = bench.Fails("policy_blocked", "create_memory", $$"""{"content":"the key is {{Key}}"}""");
        Assert.Contains("aws_access_key at byte 11 of the texts, 20 bytes long", refused, StringComparison.Ordinal);
        Write(bench, PolicyPage.Read().Single(p => p.Number == 3).Rules);
        JsonElement answer = bench.Ok("create_memory", $$"""{"content":"the key is {{Key}}"}""");
        Assert.Contains("took out aws_access_key", answer.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        bench.Ok("import_memories", JsonSerializer.Serialize(new { data = $$"""{"content":"imported {{Key}}","title":"{{Key}}"}""", format = "jsonl" }));
        JsonElement all = bench.Ok("search_memories", """{"query":"key imported","detail":"full"}""");
        Assert.DoesNotContain(Key, all.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("imported [redacted:aws_access_key]", all.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy7_ALargeMemoryIsRefused()
    {
        using var bench = new ToolBench(ruled: true);
        Write(bench, PolicyPage.Read().Single(p => p.Number == 7).Rules);
        bench.Create(new string('a', 3999));
        bench.Fails("policy_blocked", "create_memory", $$"""{"content":"{{new string('b', 4000)}}"}""");
    }

    private static void Write(ToolBench bench, string rules)
    {
        string folder = Path.Combine(bench.Bench.Root, "dharma", "rules.d");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "policy.yaml"), rules);
        Assert.True(bench.Dharma.Reload(), bench.Dharma.Problem);
    }

    private static IReadOnlyList<DharmaCaseResult> Run(PolicyPage.Policy policy, RuleBook book) =>
        DharmaCases.Run(Encoding.UTF8.GetBytes(policy.Cases), "cases.yaml", profile => book.Under(profile ?? "default"), tool => _catalog.Find(tool)?.Effect,
            time => Instant.TryParse(time, out long ms) ? ms : null, 0);

    private static RuleDocument Document(string name, string yaml) => new(name, Encoding.UTF8.GetBytes(yaml));
}
