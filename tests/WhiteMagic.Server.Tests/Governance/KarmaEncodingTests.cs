using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class KarmaEncodingTests
{
    private static readonly byte[] _salt = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    [Fact]
    public void Encode_OfTheDocumentedExample_IsWhatThePageSays()
    {
        string[] blocks = File.ReadAllText(Repository.File("docs", "karma.md")).Split("```");
        byte[] documented = Convert.FromHexString(string.Concat(blocks[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])));
        string hash = blocks[3].Trim();
        KarmaEntry entry = Example();
        Assert.Equal(Convert.ToHexStringLower(documented), Convert.ToHexStringLower(KarmaEncoding.Encode(entry)));
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(documented)));
        Assert.Equal(hash, Convert.ToHexStringLower(KarmaEncoding.Hash(entry)));
    }

    [Fact]
    public void Encode_OfTheDocumentedExample_CanBeRecomputedWithSha256sum()
    {
        string page = File.ReadAllText(Repository.File("docs", "karma.md"));
        Assert.Contains("\nxxd -r -p encoding.hex | sha256sum\n", page, StringComparison.Ordinal);
        string[] blocks = page.Split("```");
        string hex = string.Concat(blocks[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.File("encoding.hex"), hex);

        // xxd is not on every machine; printf of octal escapes is, and gives the same bytes.
        string octal = string.Concat(Convert.FromHexString(hex).Select(b => "\\" + Convert.ToString(b, 8).PadLeft(3, '0')));
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", $"if command -v xxd >/dev/null; then xxd -r -p encoding.hex | sha256sum; else printf '{octal}' | sha256sum; fi" },
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        })!;
        Assert.StartsWith(blocks[3].Trim(), process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ByHand_ByteForByte()
    {
        const string Expected =
            "01" + "0000000000000002" + "00000000000003e8" + "00000001" + "74" + "00000002" + "c3a9" + "00000000" + "03" + "0000000000000005"
            + "00000002" + "6f6b" + "00000003" + "612c62" + "3fe0000000000000"
            + "1111111111111111111111111111111111111111111111111111111111111111" + "00000002"
            + "2222222222222222222222222222222222222222222222222222222222222222" + "00000000000000ff"
            + "3333333333333333333333333333333333333333333333333333333333333333";
        var entry = new KarmaEntry
        {
            Sequence = 2,
            TimeMs = 1000,
            Tool = "t",
            Agent = "é",
            Session = "",
            Effect = Effect.Delete,
            Changed = 5,
            Outcome = "ok",
            Rules = "a,b",
            Score = 0.5,
            ArgumentsHash = Enumerable.Repeat((byte)0x11, 32).ToArray(),
            MemoryIds = Enumerable.Repeat((byte)0x22, 32).ToArray(),
            DurationUs = 255,
            PreviousHash = Enumerable.Repeat((byte)0x33, 32).ToArray(),
            Hash = default,
        };
        Assert.Equal(Expected, Convert.ToHexStringLower(KarmaEncoding.Encode(entry)));
    }

    [Fact]
    public void Hash_OfLongTexts_IsTheHashOfTheEncoding()
    {
        foreach (int length in new[] { 0, 1, 511, 512, 513, 5000 })
        {
            KarmaEntry entry = Example(new string('ü', length));
            Assert.Equal(SHA256.HashData(KarmaEncoding.Encode(entry)), KarmaEncoding.Hash(entry));
        }
    }

    [Fact]
    public void ArgumentsHash_OfACallAboutOneMemory_UsesTheSaltOfThatMemory()
    {
        using var bench = new Bench();
        const string Arguments = """{"content":"a secret"}""";
        CreateOutcome made = bench.Store.Create(new MemoryDraft { Content = "a secret" }, Bench.Permit(arguments: Arguments));
        bench.Store.Delete(made.Id, Bench.Permit(Effect.Delete, "delete_memory", Arguments));
        using Connection raw = bench.Raw();
        Statement s = raw.Prepare("SELECT salt FROM memories");
        Assert.True(s.Step());
        byte[] expected = SHA256.HashData([.. s.Blob(0).ToArray(), .. Encoding.UTF8.GetBytes(Arguments)]);
        s.Reset();
        Assert.All(bench.Entries(), e => Assert.Equal(expected, e.ArgumentsHash.ToArray()));
    }

    [Fact]
    public void ArgumentsHash_OfOtherCalls_UsesASaltThatIsNotKept()
    {
        using var bench = new Bench();
        bench.Add("text");
        Deed deed = Bench.Deed(Effect.Read, "search_memories", """{"query":"x"}""");
        bench.Store.Ledger.Queue(deed, "", 1, "ok", []);
        bench.Store.Ledger.Queue(deed, "", 1, "ok", []);
        bench.Store.Ledger.FlushPending();
        var entries = bench.Entries();
        Assert.Equal(3, entries.Count);
        Assert.NotEqual(entries[1].ArgumentsHash.ToArray(), entries[2].ArgumentsHash.ToArray());
        using Connection raw = bench.Raw();
        Statement s = raw.Prepare("SELECT salt FROM memories");
        Assert.True(s.Step());
        Assert.NotEqual(SHA256.HashData([.. s.Blob(0).ToArray(), .. deed.Arguments.ToArray()]), entries[1].ArgumentsHash.ToArray());
        s.Reset();
    }

    private static KarmaEntry Example(string agent = "docs/1.0") => new()
    {
        Sequence = 1,
        TimeMs = 1_795_340_000_000,
        Tool = "create_memory",
        Agent = agent,
        Session = "",
        Effect = Effect.Write,
        Changed = 1,
        Outcome = "ok",
        Rules = "",
        Score = 1,
        ArgumentsHash = SHA256.HashData([.. _salt, .. "{\"content\":\"hello\"}"u8]),
        MemoryIds = Convert.FromHexString("0190a5b27c1e7d3f8a4b5c6d7e8f9a0b"),
        DurationUs = 1500,
        PreviousHash = KarmaEncoding.Genesis,
        Hash = default,
    };
}
