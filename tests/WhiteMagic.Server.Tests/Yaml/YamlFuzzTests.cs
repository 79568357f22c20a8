using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

public sealed class YamlFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    // Inputs are a few kilobytes at most; the rest is room for a machine that is busy with other things.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    private static readonly string[] OwnDocuments =
    [
        "# limits\nlimits:\n  overall: 600000\n  per_tool: {remember: 60, recall: 1_000}\ndurability: normal\nhttp: {port: 8080, bind: \"127.0.0.1\"}\n",
        "rules:\n- name: no mass deletion\n  action: block\n  severity: 0.9\n  effects: [delete]\n  tool_patterns: ['*_delete', \"purge_*\"]\n  explain: >-\n    Deleting many memories\n    needs a person.\n\n    Ask first.\n  unless:\n    agents: [ops]\n    hours: [9, 17]\n",
        "---\na: |+2\n    x\n   y\n\nb: \"\\u263A \\\n   z\"\nc: 'it''s'\nd:\n  - - 1\n    - ~\n  -\n    e: .5e3\n...\n",
    ];

    private static readonly string[] Tokens =
    [
        ":", ": ", "- ", "-", "\n", "\n\n", " ", "  ", "\t", "#", " #", "[", "]", "{", "}", ",", "'", "\"", "\\", "|", ">", "|2-\n", "&a ", "*a", "!t ", "? ",
        "---", "\n---\n", "\n...\n", "%", "<<: ", "@", "`", "\r", "\r\n", "\0", "\uFEFF", "\u0085", "é", "😀", "null", "true", "0x1F", "1e9", "\\x", "\\u00", "a: b\n", "~",
    ];

    [Fact]
    public void Parse_MutatedDocuments_AreReadOrRefusedInsideTheInputAndInTime()
    {
        int count = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 500_000 : 20_000;
        var random = new Random(Seed);
        byte[][] seeds = [.. OwnDocuments.Concat(SuiteCase.Load()?.Select(c => c.Yaml) ?? []).Select(Encoding.UTF8.GetBytes)];
        int read = 0;
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 0; i < count; i++)
        {
            byte[] input = Mutate(seeds, random);
            long start = Stopwatch.GetTimestamp();
            YamlNode? value = Read(input, i);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            slowest = elapsed > slowest ? elapsed : slowest;
            Assert.True(elapsed < Budget, $"input {i} of seed {Seed} took {elapsed.TotalSeconds:F1} s: {Convert.ToBase64String(input)}");
            if (value is not null)
            {
                read++;
                ExpectSameAfterWriting(value, i);
            }
        }
        output.WriteLine($"seed {Seed}: {count} mutations of {seeds.Length} documents, {read} read, {count - read} refused, slowest {slowest.TotalMilliseconds:F1} ms");
        Assert.InRange(read, 1, count - 1);
    }

    private static YamlNode? Read(byte[] input, int number)
    {
        try
        {
            return YamlReader.Parse(input, "fuzz.yaml");
        }
        catch (YamlException refusal)
        {
            string[] lines = Encoding.UTF8.GetString(input).TrimStart('\uFEFF').Split('\n');
            Assert.InRange(refusal.Line, 1, lines.Length);
            Assert.InRange(refusal.Column, 1, lines[refusal.Line - 1].Length + 1);
            return null;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"input {number} of seed {Seed}: {Convert.ToBase64String(input)}", other);
        }
    }

    // Written in brackets with every text in double quotes, a value must read as itself.
    private static void ExpectSameAfterWriting(YamlNode value, int number)
    {
        string written = Write(value);
        string again = Write(YamlReader.Parse(written, "written.yaml"));
        Assert.True(written == again, $"input {number} of seed {Seed}: {written} became {again}");
    }

    private static string Write(YamlNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlMap map:
                text.Append('{');
                for (int i = 0; i < map.Count; i++)
                {
                    WriteText(map[i].Key, text.Append(i == 0 ? "" : ","));
                    Write(map[i].Value, text.Append(':'));
                }
                text.Append('}');
                break;
            case YamlList list:
                text.Append('[');
                for (int i = 0; i < list.Count; i++)
                {
                    Write(list[i], text.Append(i == 0 ? "" : ","));
                }
                text.Append(']');
                break;
            default:
                WriteText(((YamlScalar)node).Text, text);
                break;
        }
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (Rune rune in value.EnumerateRunes())
        {
            text.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : $"\\U{rune.Value:X8}");
        }
        text.Append('"');
    }

    private static byte[] Mutate(byte[][] seeds, Random random)
    {
        var bytes = new List<byte>(seeds[random.Next(seeds.Length)]);
        for (int rounds = random.Next(1, 6); rounds > 0; rounds--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = random.Next(Math.Min(bytes.Count - at, 20) + 1);
            switch (random.Next(8))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    byte[] other = seeds[random.Next(seeds.Length)];
                    int from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.Skip(from).Take(random.Next(40)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
            }
        }
        return [.. bytes];
    }
}
