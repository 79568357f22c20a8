using System;
using System.Linq;
using System.Text;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Search;

[Collection(KernelModules.Name)]
public sealed class SearchModuleTests
{
    private const string Module = "search";
    private const int HitBytes = 16;
    private const int TextBytes = 10_000;

    [Fact]
    public void Module_AddsQueriesAndChangesMixed_GivesTheBytesOfCoreClr()
    {
        for (int seed = 60; seed < Runs.Of(64, 90); seed++)
        {
            var random = new Random(seed);
            var tape = new Tape(Module);
            Ptr text = tape.Alloc(TextBytes);
            for (int step = 0; step < 600; step++)
            {
                Step(tape, text, random);
            }

            SaveAndLoad(tape);
            for (int step = 0; step < 100; step++)
            {
                Step(tape, text, random);
            }

            tape.Verify();
        }
    }

    [Fact]
    public void Module_StemsAndStopWords_AreThoseOfCoreClr()
    {
        const int Seed = 71;
        var random = new Random(Seed);
        var tape = new Tape(Module);
        Ptr word = tape.Alloc(64);
        Ptr stem = tape.Alloc(64);
        string[] pieces = ["rel", "ation", "al", "ing", "ed", "y", "s", "hop", "e", "ll", "biliti", "the", "with", "out", "i", "z", "\u00e9", "sses"];
        for (int round = 0; round < Runs.Of(3_000, 30_000); round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => pieces[random.Next(pieces.Length)])));
            tape.Write(word, bytes);
            tape.Read(stem, (int)tape.Call("search_stem", word, bytes.Length, stem));
            tape.Call("search_is_stop_word", word, bytes.Length);
        }

        tape.Verify();
    }

    [Fact]
    public void Module_HostileImages_GiveTheErrorsOfCoreClr()
    {
        const int Seed = 72;
        var random = new Random(Seed);
        var tape = new Tape(Module);
        Ptr text = tape.Alloc(TextBytes);
        for (int i = 0; i < 30; i++)
        {
            Step(tape, text, random);
        }

        Ptr image = tape.CallPointer("search_image");
        int length = (int)tape.Call("search_image_bytes");
        byte[] good = tape.Read(image, length);
        for (int round = 0; round < Runs.Of(300, 3_000); round++)
        {
            byte[] hostile = (byte[])good.Clone();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                hostile[random.Next(hostile.Length)] = (byte)random.Next(256);
            }

            if (round % 10 > 0)
            {
                SavedImageTests.Seal(hostile);
            }

            Ptr copy = tape.AllocWith(hostile);
            Assert.InRange(tape.Call("search_load", copy, random.Next(20) == 0 ? random.Next(length) : length), -6, 1_000);
            Query(tape, text, random);
        }

        tape.Verify();
    }

    [Fact]
    public void Module_BadInput_GivesTheErrorsOfCoreClr()
    {
        var tape = new Tape(Module);
        Ptr memory = tape.Alloc(64);
        Assert.Equal(0, tape.Call("search_add", memory, 0));
        Assert.Equal(-1, tape.Call("search_add", memory, -1));
        Assert.Equal(-2, tape.Call("search_add", Ptr.Null, 5));
        Assert.Equal(-1, tape.Call("search_add_field", 0, 4, memory, 1));
        Assert.Equal(-4, tape.Call("search_add_field", 1, 0, memory, 1));
        Assert.Equal(-1, tape.Call("search_query", memory, 1, 0));
        Assert.Equal(-2, tape.Call("search_query", Ptr.Null, 1, 1));
        Assert.Equal(-1, tape.Call("search_boost", 0, double.NaN));
        Assert.Equal(-4, tape.Call("search_boost", 7, 1.0));
        Assert.Equal(-4, tape.Call("search_remove", -5));
        Assert.Equal(-1, tape.Call("search_set_weights", 1.0, 2.0, 1.0, 1.0, 1.0, 1.0));
        Assert.Equal(-6, tape.Call("search_load", memory, 64));
        Assert.Equal(-2, tape.Call("search_load", Ptr.Null, 64));
        Assert.Equal(-1, tape.Call("search_load", memory, -64));
        Assert.Equal(-2, tape.Call("search_stem", memory, 64, Ptr.Null));
        Assert.Equal(-1, tape.Call("search_is_stop_word", memory, -1));
        Assert.Equal(1, tape.Call("search_commit"));
        Assert.Equal(0, tape.Call("search_clear"));
        Assert.Equal(Ptr.Null, tape.CallPointer("search_results"));
        tape.Verify();
    }

    private static void Step(Tape tape, Ptr text, Random random)
    {
        byte[] bytes = Text(random);
        switch (random.Next(13))
        {
            case < 4:
                tape.Write(text, bytes);
                tape.Call("search_add", text, bytes.Length);
                break;
            case < 6:
                tape.Write(text, bytes);
                long document = tape.Call("search_add_field", -1, random.Next(4), text, bytes.Length);
                tape.Call("search_add_field", (int)document, random.Next(4), text, bytes.Length / 2);
                break;
            case 6:
                tape.Call("search_remove", random.Next(300));
                break;
            case 7:
                tape.Call("search_boost", random.Next(300), random.NextDouble());
                break;
            case 8:
                tape.Call("search_commit");
                break;
            case 9 when random.Next(5) == 0:
                tape.Call("search_set_context", random.NextDouble(), random.NextDouble());
                break;
            case 10:
                tape.Write(text, bytes);
                long latest = tape.Call("search_add", text, bytes.Length);
                tape.Call("search_follow", (int)latest, (int)latest - 1 - random.Next(2));
                break;
            case 9 when random.Next(10) == 0:
                tape.Call("search_set_weights", random.NextDouble() * 2, random.NextDouble(), random.NextDouble(), 1.0, random.Next(3), 2.5);
                break;
            default:
                Query(tape, text, random);
                break;
        }
    }

    private static void Query(Tape tape, Ptr text, Random random)
    {
        byte[] query = Text(random);
        tape.Write(text, query);
        long count = tape.Call("search_query", text, Math.Min(query.Length, 30), random.Next(1, 20));
        tape.Read(tape.CallPointer("search_results"), (int)count * HitBytes);
    }

    private static void SaveAndLoad(Tape tape)
    {
        Ptr image = tape.CallPointer("search_image");
        byte[] saved = tape.Read(image, (int)tape.Call("search_image_bytes"));
        Ptr copy = tape.AllocWith(saved);
        tape.Call("search_clear");
        Assert.True(tape.Call("search_load", copy, saved.Length) >= 0);
    }

    private static byte[] Text(Random random)
    {
        if (random.Next(20) == 0)
        {
            byte[] bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            return bytes;
        }

        string[] pieces = ["the", "running", "Foo.Bar", "get_user", "v1.2.3", "\u00c9t\u00e9", "\u4e2d\u6587", "HTTPServer", "relational", "a/b", "'s", "\u041c\u0438\u0440"];
        return Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, random.Next(0, 30)).Select(
            _ => random.Next(3) == 0 ? pieces[random.Next(pieces.Length)] : $"w{(int)(200 * Math.Pow(random.NextDouble(), 3))}")));
    }
}
