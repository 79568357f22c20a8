using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Governance.Detection;
using WhiteMagic.Memory.Seeds;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Detection;

[Collection(MeasuredAlone.Name)]
public sealed class DetectorTests
{
    private delegate bool TryFind(ReadOnlySpan<byte> utf8, out Sighting sighting);

    private delegate void FindAll(ReadOnlySpan<byte> utf8, List<Sighting> sightings);

    [Fact]
    public void Secrets_EveryShapeIsFound_AlsoInTheMiddleOfAText() => AllAreFound("secrets.txt", 40, SecretDetector.TryFind);

    [Fact]
    public void Instructions_EveryShapeIsFound_AlsoInTheMiddleOfAText() => AllAreFound("instructions.txt", 40, InstructionDetector.TryFind);

    [Fact]
    public void Harmless_NothingIsFound()
    {
        string[] texts = [.. Corpus.Harmless()];
        Assert.True(texts.Length >= 400, $"{texts.Length} texts");
        None(texts.SelectMany(FoundIn));
    }

    [Fact]
    public void Seeds_NothingIsFound() => None(Quickstart.Seeds().SelectMany(seed => FoundIn(seed.Draft.Title + "\n" + seed.Draft.Content)));

    [Fact]
    public void LoCoMo_NothingIsFound()
    {
        string folder = Path.Combine(Repository.Root, "..", "shared", "retrieval", "dev");
        Assert.SkipUnless(Directory.Exists(folder), "the LoCoMo dev conversations are not beside the repository");
        int turns = 0;
        var found = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json*"))
        {
            foreach (string line in File.ReadLines(file).Where(l => l.Length > 0))
            {
                using JsonDocument document = JsonDocument.Parse(line);
                foreach (JsonElement turn in document.RootElement.GetProperty("memories").EnumerateArray())
                {
                    turns++;
                    found.AddRange(FoundIn(turn.GetProperty("text").GetString()!));
                }
            }
        }

        Assert.Equal(3006, turns);
        None(found);
    }

    [Fact]
    public void Sightings_AreInOrder_ApartAndInside()
    {
        string[] parts = [.. Corpus.Labelled("secrets.txt").Concat(Corpus.Labelled("instructions.txt")).Select(p => p.Text).Concat(Corpus.Harmless().Take(100))];
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < Runs.Of(500, 20_000); round++)
        {
            byte[] text = Encoding.UTF8.GetBytes(string.Join(random.Next(2) == 0 ? "\n" : " ", Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)])));
            for (int i = random.Next(4); i > 0; i--)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            Check(text, SecretDetector.TryFind, SecretDetector.FindAll, seed);
            Check(text, InstructionDetector.TryFind, InstructionDetector.FindAll, seed);
        }
    }

    [Theory]
    [InlineData("password=")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN PRIVATE KEY----- ")]
    [InlineData("eyJ")]
    [InlineData("eyJhbGciOiJIUzI1.")]
    [InlineData("://a:b")]
    [InlineData("ghp_")]
    [InlineData("ignore ")]
    [InlineData("ignore previous ")]
    [InlineData("do not tell send the ")]
    [InlineData("<|im_")]
    [InlineData("--token-")]
    [InlineData("1234567890:AA")]
    [InlineData("а")]
    [InlineData("\u200B")]
    public void HostileText_TakesLinearTime(string part)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, (1 << 20) / Encoding.UTF8.GetByteCount(part))));
        var clock = Stopwatch.StartNew();
        SecretDetector.TryFind(text, out _);
        InstructionDetector.TryFind(text, out _);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public void Redaction_OfJson_TakesSecretsOutOfValuesAtAnyDepth()
    {
        const string Key = "AKIAQ3EKXMPL7TESTK4X";
        string redacted = Encoding.UTF8.GetString(SecretRedaction.Apply(Encoding.UTF8.GetBytes(
            $$"""{"content":"a \"{{Key}}\" b\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nend","metadata":{"deep":["x","{{Key}}"],"n":1.50},"tags":["{{Key}}","ok"]}""")).Span);
        Assert.Equal("""{"content":"a \"[redacted:aws_access_key]\" b\n[redacted:private_key]\nend","metadata":{"deep":["x","[redacted:aws_access_key]"],"n":1.50},"tags":["[redacted:aws_access_key]","ok"]}""", redacted);
    }

    [Fact]
    public void Redaction_OfMetadata_KnowsASecretByItsName() =>
        Assert.Equal("""{"content":"x","metadata":{"a":[{"password":"[redacted:password]"}],"note":"hunter2","password":"[redacted:password]"}}""",
            Encoding.UTF8.GetString(SecretRedaction.Apply("""{"content":"x","metadata":{"a":[{"password":"hunter2"}],"note":"hunter2","password":"hunter2"}}"""u8).Span));

    [Fact]
    public void Redaction_OfEverySecret_LeavesNone()
    {
        foreach ((string _, string text) in Corpus.Labelled("secrets.txt"))
        {
            string redacted = SecretRedaction.Apply("before " + text + " after");
            Assert.False(SecretDetector.TryFind(Encoding.UTF8.GetBytes(redacted), out Sighting left), $"{redacted}: {left}");
            Assert.Contains("[redacted:", redacted, StringComparison.Ordinal);
        }
    }

    private static void AllAreFound(string file, int least, TryFind tryFind)
    {
        (string Kind, string Text)[] all = [.. Corpus.Labelled(file)];
        Assert.True(all.Length >= least, $"{all.Length} shapes");
        var missed = new List<string>();
        foreach ((string kind, string text) in all)
        {
            foreach (string around in (string[])["{0}", "Ada noted on Monday: {0} Then she went on.", "line one\n{0}\nline three"])
            {
                string whole = string.Format(System.Globalization.CultureInfo.InvariantCulture, around.Replace("{0}", "\u0001", StringComparison.Ordinal)).Replace("\u0001", text, StringComparison.Ordinal);
                if (!tryFind(Encoding.UTF8.GetBytes(whole), out Sighting found) || found.Kind != kind)
                {
                    missed.Add($"{kind} ({found.Kind ?? "nothing"}): {whole}");
                }
            }
        }

        None(missed);
    }

    private static void None(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), string.Join("\n", wrong));

    private static IEnumerable<string> FoundIn(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (SecretDetector.TryFind(utf8, out Sighting secret))
        {
            yield return $"{secret.Kind} \"{Encoding.UTF8.GetString(utf8, secret.Start, secret.Length)}\" in: {text}";
        }

        if (InstructionDetector.TryFind(utf8, out Sighting order))
        {
            yield return $"{order.Kind} \"{Encoding.UTF8.GetString(utf8, order.Start, order.Length)}\" in: {text}";
        }
    }

    private static void Check(byte[] text, TryFind tryFind, FindAll findAll, int seed)
    {
        var all = new List<Sighting>();
        findAll(text, all);
        bool any = tryFind(text, out Sighting first);
        Assert.True(any == all.Count > 0 && (!any || first == all[0]), $"seed {seed}");
        int done = 0;
        foreach (Sighting sighting in all)
        {
            Assert.True(sighting.Start >= done && sighting.Length > 0 && sighting.Start + sighting.Length <= text.Length, $"seed {seed}: {sighting}");
            done = sighting.Start + sighting.Length;
        }
    }
}
