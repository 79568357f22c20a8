using System.Globalization;
using System.IO;
using System.Text;
using WhiteMagic.Kernels.Holographic;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>Holographic coordinates of texts of 500 bytes. A line of the file is the expected x and y and the text, parted by tabs.</summary>
internal static class EncodeFigure
{
    private const int Rounds = 301;

    public static void Run(Report report, string file)
    {
        string[] lines = File.ReadAllText(file).Split('\n');
        byte[][] texts = new byte[lines.Length][];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split('\t');
            texts[i] = Encoding.UTF8.GetBytes(fields[2]);
            HolographicEncoder.EncodeText(texts[i], out float x, out float y);
            bool isRight = x == float.Parse(fields[0], CultureInfo.InvariantCulture) && y == float.Parse(fields[1], CultureInfo.InvariantCulture);
            report.Check(isRight, $"text {i} is at {x}, {y}, expected {fields[0]}, {fields[1]}");
        }

        float sum = 0;
        double[] medians = Native.Rounds.MedianNs(Rounds, texts.Length, _ =>
        {
            foreach (byte[] text in texts)
            {
                HolographicEncoder.EncodeText(text, out float x, out float y);
                sum += x + y + HolographicEncoder.Newness(sum) + HolographicEncoder.Weight(sum, 3, text.Length) + HolographicEncoder.Vitality(sum, 3, 0.5);
            }
        });
        report.Check(!float.IsNaN(sum), "a coordinate is NaN");
        report.Add("encode_us", medians[0] / 1000);
    }
}
