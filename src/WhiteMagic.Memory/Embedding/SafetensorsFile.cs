using System;
using System.Buffers.Binary;
using System.IO;
using System.Text.Json;

namespace WhiteMagic.Memory.Embedding;

// safetensors: 8 bytes length of the header, little-endian; the header, a JSON object whose members are tensors {"dtype", "shape", "data_offsets"};
// the data. https://github.com/huggingface/safetensors

/// <summary>Reads the matrix of a file in the safetensors format. Whatever the bytes say, only the file is read.</summary>
internal static class SafetensorsFile
{
    private const int LengthBytes = 8;
    private const int MostHeaderBytes = 1 << 20;
    private const int MostRows = 1_000_000;
    private const int LeastDimensions = 8;
    private const int MostDimensions = 1024;

    /// <summary>Reads the one tensor of two dimensions, or the one of several that is called embeddings.</summary>
    internal static EmbeddingMatrix Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[LengthBytes];
        file.ReadExactly(length);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerBytes is 0 or > MostHeaderBytes)
        {
            throw new InvalidDataException("its header is empty or longer than 1 MiB");
        }

        byte[] header = new byte[headerBytes];
        file.ReadExactly(header);
        (bool isHalf, int rows, int dimensions, long offset) = Find(header);
        int valueBytes = isHalf ? 2 : 4;
        long start = LengthBytes + (long)headerBytes + offset;
        if (offset < 0 || start + ((long)rows * dimensions * valueBytes) > file.Length)
        {
            throw new InvalidDataException("its tensor goes beyond the end of the file");
        }

        file.Position = start;
        var matrix = new EmbeddingMatrix(rows, dimensions);
        byte[] bytes = new byte[dimensions * valueBytes];
        float[] values = new float[dimensions];
        for (int row = 0; row < rows; row++)
        {
            file.ReadExactly(bytes);
            for (int i = 0; i < dimensions; i++)
            {
                values[i] = isHalf ? (float)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(i * 2)) : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 4));
            }

            matrix.Set(row, values);
        }

        return matrix;
    }

    private static (bool IsHalf, int Rows, int Dimensions, long Offset) Find(byte[] header)
    {
        using JsonDocument document = JsonDocument.Parse(header);
        JsonElement found = default;
        foreach (JsonProperty tensor in document.RootElement.EnumerateObject())
        {
            bool isMatrix = tensor.Value.TryGetProperty("shape"u8, out JsonElement shape) && shape.GetArrayLength() == 2;
            if (isMatrix && (found.ValueKind == JsonValueKind.Undefined || tensor.NameEquals("embeddings"u8)))
            {
                found = tensor.Value;
            }
        }

        if (found.ValueKind == JsonValueKind.Undefined)
        {
            throw new InvalidDataException("it has no tensor of two dimensions");
        }

        string? type = found.GetProperty("dtype"u8).GetString();
        int rows = found.GetProperty("shape"u8)[0].GetInt32();
        int dimensions = found.GetProperty("shape"u8)[1].GetInt32();
        if (type is not ("F32" or "F16") || rows is < 1 or > MostRows || dimensions is < LeastDimensions or > MostDimensions)
        {
            throw new InvalidDataException($"its matrix is {rows} x {dimensions} of {type}; allowed are a million rows of 8 to 1,024 numbers, F32 or F16");
        }

        return (type == "F16", rows, dimensions, found.GetProperty("data_offsets"u8)[0].GetInt64());
    }
}
