using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Memory;

/// <summary>Recall on texts that are no chat: at least as good as plain FTS5, file by file and in one store; see Labelled/README.md.</summary>
public sealed class LabelledSearchTests
{
    private const int Cutoff = 10;

    // nDCG@10 that must be reached beside.
    [Theory]
    [InlineData("notes", 0.98)]
    [InlineData("code", 0.99)]
    [InlineData("logs", 0.99)]
    [InlineData("lists", 0.99)]
    [InlineData("languages", 0.99)]
    [InlineData("notes,code,logs,lists,languages", 0.97)]
    public void Search_IsNoWorseThanPlainFts5(string files, double least)
    {
        using var bench = new Bench();
        using var folder = new TemporaryFolder();
        using Connection plain = Connection.Open(folder.File("plain.db"), Connection.Mode.Create, 1000);
        plain.Execute("CREATE VIRTUAL TABLE texts USING fts5(title, content, tags, tokenize = 'porter unicode61 remove_diacritics 2')");
        var ids = new Dictionary<string, MemoryId>();
        var rows = new Dictionary<long, string>();
        var questions = new List<(string Query, string[] Right)>();
        foreach (string file in files.Split(','))
        {
            foreach (string line in File.ReadLines(Repository.File($"tests/WhiteMagic.Server.Tests/Memory/Labelled/{file}.jsonl")))
            {
                JsonElement each = JsonDocument.Parse(line).RootElement;
                if (each.TryGetProperty("query", out JsonElement query))
                {
                    questions.Add((query.GetString()!, [.. each.GetProperty("right").EnumerateArray().Select(r => r.GetString()!)]));
                    continue;
                }

                string name = each.GetProperty("memory").GetString()!;
                string title = each.GetProperty("title").GetString()!;
                string content = each.GetProperty("content").GetString()!;
                string[] tags = each.TryGetProperty("tags", out JsonElement given) ? [.. given.EnumerateArray().Select(t => t.GetString()!)] : [];
                ids.Add(name, bench.Add(content, title, tags));
                plain.Prepare("INSERT INTO texts(title, content, tags) VALUES(?1, ?2, ?3)").Bind(1, title).Bind(2, content).Bind(3, string.Join(' ', tags)).Run();
                rows.Add(plain.LastInsertRowId, name);
            }
        }

        double ours = questions.Average(q => Gain(
            [.. bench.Store.Search(q.Query, new MemoryFilter(), Cutoff).Select(h => ids.Single(i => i.Value == h.Memory.Id).Key)], q.Right));
        double theirs = questions.Average(q => Gain(AskPlain(plain, q.Query, rows), q.Right));
        Assert.True(ours >= theirs && ours >= least, $"{files}: {questions.Count} questions, nDCG@10 {ours:F4}, plain FTS5 {theirs:F4}");
    }

    private static string[] AskPlain(Connection plain, string query, Dictionary<long, string> rows)
    {
        string[] words = [.. Words(query)];
        string[] telling = [.. words.Where(w => !StopWords.Contains(Encoding.UTF8.GetBytes(w)))];
        string match = string.Join(" OR ", (telling.Length > 0 ? telling : words).Select(w => $"\"{w}\""));
        var found = new List<string>();
        Statement s = plain.Prepare("SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT ?2").Bind(1, match).Bind(2, Cutoff);
        while (s.Step())
        {
            found.Add(rows[s.Int64(0)]);
        }

        return [.. found];
    }

    private static IEnumerable<string> Words(string query) =>
        new string([.. query.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct();

    private static double Gain(string[] found, string[] right) =>
        found.Select((name, rank) => right.Contains(name) ? 1 / Math.Log2(rank + 2) : 0).Sum() / Enumerable.Range(0, Math.Min(right.Length, Cutoff)).Sum(rank => 1 / Math.Log2(rank + 2));
}
