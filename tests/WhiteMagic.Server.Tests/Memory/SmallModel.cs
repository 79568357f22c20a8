using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Memory;

/// <summary>Makes embedding models in Model2Vec's layout: words of a group point the same way, or all of them anywhere.</summary>
internal static class SmallModel
{
    internal const int Dimensions = 32;

    // The pairs by which a model is judged, and two of our own.
    private const string Related =
        "car automobile,buy purchase,happy glad,doctor physician,big large,begin start,house home,street road,child kid,answer reply,gift present,film movie,"
        + "job work,error mistake,fast quick,ocean sea,forest woods,city town,money cash,sick ill,smart clever,angry mad,stone rock,picture image,teach instruct,"
        + "dog puppy hound,lawyer attorney solicitor";

    internal static string Write(string folder, bool isNoise = false, int seed = 1)
    {
        var random = new Random(seed);
        var tokens = new List<string> { "[UNK]" };
        var rows = new List<float[]> { new float[Dimensions] };
        foreach (string group in Related.Split(','))
        {
            float[] shared = Direction(random);
            foreach (string word in group.Split(' '))
            {
                tokens.Add(word);
                float[] own = Direction(random);
                rows.Add([.. shared.Zip(own, (a, b) => isNoise ? b : a + (b / 4))]);
            }
        }

        foreach (string word in (string[])["##s", "the", "a", "our", "is", "we", "?", "."])
        {
            tokens.Add(word);
            rows.Add([.. Direction(random).Select(v => v / 10)]);
        }

        return Write(folder, tokens, rows);
    }

    internal static string Write(string folder, List<string> tokens, List<float[]> rows)
    {
        Directory.CreateDirectory(folder);
        byte[] header = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["embeddings"] = new { dtype = "F32", shape = new[] { rows.Count, rows[0].Length }, data_offsets = new[] { 0, rows.Count * rows[0].Length * 4 } },
        }));
        using (FileStream file = File.Create(Path.Combine(folder, "model.safetensors")))
        {
            byte[] number = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(number, header.Length);
            file.Write(number);
            file.Write(header);
            foreach (float value in rows.SelectMany(r => r))
            {
                BinaryPrimitives.WriteSingleLittleEndian(number, value);
                file.Write(number, 0, 4);
            }
        }

        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), JsonSerializer.Serialize(new
        {
            model = new { type = "WordPiece", unk_token = "[UNK]", vocab = tokens.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i) },
        }));
        return folder;
    }

    private static float[] Direction(Random random) => [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
}
