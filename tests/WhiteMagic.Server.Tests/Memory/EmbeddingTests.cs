using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Embedding;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class EmbeddingTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WithoutAModel_GivesNone()
    {
        Assert.Null(EmbeddingModel.Load(_folder.File("nothing")));
        Directory.CreateDirectory(_folder.File("models/empty"));
        Assert.Null(EmbeddingModel.Load(_folder.File("models")));
    }

    [Fact]
    public void Load_TellsAModelFromNoise()
    {
        Assert.True(Model().IsTrusted);
        for (int seed = 1; seed < 20; seed++)
        {
            Assert.False(EmbeddingModel.Load(SmallModel.Write(_folder.File("noise" + seed), isNoise: true, seed))!.IsTrusted);
        }
    }

    [Fact]
    public void Embed_GivesTextsOfRelatedWordsTheSameDirection()
    {
        EmbeddingModel model = Model();
        Assert.True(Cosine(model, "our puppy", "the dog") > 0.8);
        Assert.True(Cosine(model, "PUPPYS", "hound") > 0.7);
        Assert.True(Cosine(model, "the dog", "an attorney") < 0.6);
        Assert.Equal(0, Cosine(model, "xyzzy", "dog"));
        Assert.Equal(0, Cosine(model, "", ""));
    }

    [Fact]
    public void Search_WithAModel_FindsWhatIsMeant()
    {
        using Bench bench = Open(Model());
        MemoryId meant = bench.Add("the attorney is ill");
        MemoryId worded = bench.Add("a lawyer");
        for (int i = 0; i < 30; i++)
        {
            bench.Add($"filler {i} of the house");
        }

        IReadOnlyList<SearchHit> hits = bench.Store.Search("solicitor", _all, 5);
        Assert.Equal([worded, meant], hits.Take(2).Select(h => h.Memory.Id));
        Assert.All(hits.Take(2), h => Assert.True(h.Parts!.Meaning > 0 && h.Parts.Text == 0 && h.Score == h.Parts.Sum));
        Assert.Equal(worded, bench.Store.Search("lawyer", _all, 5)[0].Memory.Id);
        bench.Store.Update(worded, new MemoryPatch { Content = "a forest" }, null, Bench.Permit());
        Assert.Equal(meant, bench.Store.Search("solicitor", _all, 5)[0].Memory.Id);
        bench.Store.Delete(meant, Bench.Permit(Effect.Delete));
        Assert.DoesNotContain(bench.Store.Search("solicitor", _all, 5), h => h.Memory.Id == meant);
        Assert.Empty(bench.Store.Search("woods", new MemoryFilter { Speaker = "nobody" }, 5));
    }

    [Fact]
    public void Search_WithNoise_GivesExactlyWhatWordsGive()
    {
        using Bench plain = Open(null);
        using Bench noisy = Open(EmbeddingModel.Load(SmallModel.Write(_folder.File("noise"), isNoise: true)));
        foreach (Bench bench in (Bench[])[plain, noisy])
        {
            for (int i = 0; i < 50; i++)
            {
                bench.Add($"the dog {i} is at our house and the lawyer is glad", session: "s" + (i / 9));
            }
        }

        foreach (string query in (string[])["dog 7", "attorney house", "glad puppy 11", "movie"])
        {
            Assert.Equal(plain.Store.Search(query, _all, 20).Select(h => (h.Memory.Content, h.Score)), noisy.Store.Search(query, _all, 20).Select(h => (h.Memory.Content, h.Score)));
        }
    }

    [Fact]
    public void Model_ThatCameLater_IsNoticedByDoctorAndItsVectorsAreMade()
    {
        string root = _folder.File("root");
        using (var bench = new Bench(root))
        {
            bench.Add("the attorney is ill");
        }

        using var later = new Bench(root, model: Model());
        Assert.Empty(later.Store.Search("solicitor", _all, 5));
        Assert.Contains(Inspection.Inspect(later.Galaxies, "default"), f => f.Repair == RepairKind.SearchIndex);
        Repairs.Rebuild(later.Galaxies, "default", [RepairKind.SearchIndex], Bench.Permit());
        Assert.DoesNotContain(Inspection.Inspect(later.Galaxies, "default"), f => f.Repair == RepairKind.SearchIndex);
        Assert.Single(later.Store.Search("solicitor", _all, 5));
        MemoryId id = later.Store.List(_all, 1).Memories[0].Id;
        later.Store.Purge(id, Bench.Permit(Effect.Delete));
        using var raw = later.Raw();
        Assert.Equal(0, raw.ScalarInt64("SELECT count(*) FROM memory_vectors"));
    }

    [Theory]
    [InlineData("tokenizer.json", "{}")]
    [InlineData("tokenizer.json", "not json")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","vocab":{}}}""")]
    [InlineData("tokenizer.json", """{"model":{"vocab":{"a":999999}}}""")]
    [InlineData("tokenizer.json", """{"model":{"vocab":{"a":"b"}}}""")]
    [InlineData("model.safetensors", "")]
    [InlineData("model.safetensors", "\u0001\0\0\0\0\0\0\0{")]
    [InlineData("model.safetensors", "\u0002\0\0\0\0\0\0\0{}")]
    public void Load_ADamagedModel_SaysWhatIsWrong(string file, string content)
    {
        string folder = SmallModel.Write(_folder.File("models/m"));
        File.WriteAllText(Path.Combine(folder, file), content);
        FailureException failure = Assert.Throws<FailureException>(() => EmbeddingModel.Load(_folder.File("models")));
        Assert.Contains("embedding model in " + folder, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.json", null, "tokenizer.json is missing")]
    [InlineData("tokenizer.json", "", "tokenizer.json is empty, or no regular file")]
    [InlineData("tokenizer.json", "{\n  oops", "its JSON has an error in line 2")]
    [InlineData("tokenizer.json", "[]", "it does not have the shape of a Model2Vec model")]
    [InlineData("model.safetensors", "1234", "model.safetensors ends too early")]
    public void Load_ABrokenModel_SaysItInWords(string file, string? content, string problem)
    {
        string folder = SmallModel.Write(_folder.File("broken"));
        string path = Path.Combine(folder, file);
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        FailureException failure = Assert.Throws<FailureException>(() => EmbeddingModel.Load(folder));
        Assert.Contains("cannot be used: " + problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OfAPipe_DoesNotWait()
    {
        string folder = SmallModel.Write(_folder.File("pipe"));
        string path = Path.Combine(folder, "model.safetensors");
        File.Delete(path);
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        FailureException failure = await Assert.ThrowsAsync<FailureException>(() => Task.Run(() => EmbeddingModel.Load(folder), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Contains("no regular file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfChangedBytes_FailsOrWorksAndNeverOtherwise()
    {
        string folder = SmallModel.Write(_folder.File("m"));
        string[] files = [Path.Combine(folder, "model.safetensors"), Path.Combine(folder, "tokenizer.json")];
        byte[][] good = [.. files.Select(File.ReadAllBytes)];
        var random = new Random(3);
        for (int i = 0; i < Runs.Of(400, 20_000); i++)
        {
            int which = i % 2;
            byte[] bytes = [.. good[which]];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                bytes[random.Next(random.Next(2) == 0 ? 200 : bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(files[which], i % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                Assert.InRange(Cosine(EmbeddingModel.Load(folder)!, "the dog", "a puppy"), -1.001, 1.001);
            }
            catch (FailureException)
            {
                // As it should be.
            }

            File.WriteAllBytes(files[which], good[which]);
        }
    }

    private static double Cosine(EmbeddingModel model, string a, string b)
    {
        sbyte[] left = new sbyte[model.Dimensions];
        sbyte[] right = new sbyte[model.Dimensions];
        model.Embed(Encoding.UTF8.GetBytes(a), left);
        model.Embed(Encoding.UTF8.GetBytes(b), right);
        return EmbeddingModel.Cosine(left, right);
    }

    private static Bench Open(EmbeddingModel? model) => new(model: model);

    private EmbeddingModel Model() => EmbeddingModel.Load(SmallModel.Write(_folder.File("good/small")))!;
}
