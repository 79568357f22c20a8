using System;

namespace WhiteMagic.Memory.Embedding;

/// <summary>A row for each token, eight bits a number with a scale for each row: a quarter of the file, and as good to compare.</summary>
internal sealed class EmbeddingMatrix(int rows, int dimensions)
{
    private readonly sbyte[] _values = new sbyte[(long)rows * dimensions];
    private readonly float[] _scales = new float[rows];

    internal int Rows => rows;

    internal int Dimensions => dimensions;

    internal void Set(int row, ReadOnlySpan<float> values) => _scales[row] = Quantize(values, _values.AsSpan(row * dimensions, dimensions));

    internal void AddTo(Span<float> sum, int row)
    {
        float scale = _scales[row];
        ReadOnlySpan<sbyte> values = _values.AsSpan(row * dimensions, dimensions);
        for (int i = 0; i < values.Length; i++)
        {
            sum[i] += values[i] * scale;
        }
    }

    /// <summary>Writes the values as shares of the largest, and returns what one part is worth; what is not finite counts as 0.</summary>
    internal static float Quantize(ReadOnlySpan<float> values, Span<sbyte> quantized)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = float.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        }

        for (int i = 0; i < values.Length; i++)
        {
            quantized[i] = largest > 0 && float.IsFinite(values[i]) ? (sbyte)Math.Round(values[i] / largest * sbyte.MaxValue) : (sbyte)0;
        }

        return largest / sbyte.MaxValue;
    }
}
