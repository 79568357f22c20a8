using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Memory.Hologram;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Writes memories as an Apache Arrow file, a batch at a time; <see cref="Finish"/> makes it whole.</summary>
internal sealed class ArrowFile : IDisposable
{
    private const int IdChars = 36;

    private const uint WithoutPlace =
        ArrowRow.AllPresent & ~((1u << ArrowSchema.X) | (1u << ArrowSchema.Y) | (1u << ArrowSchema.Z) | (1u << ArrowSchema.W) | (1u << ArrowSchema.V));

    private readonly ArrayBufferWriter<byte> _texts = new(64 << 10);
    private readonly byte[] _tagEnds = new byte[Limits.TagCount * sizeof(int)];
    private readonly Stream _stream;
    private ArrowFileWriter _writer;

    internal ArrowFile(Stream stream)
    {
        _stream = stream;
        Check(_writer.Begin());
    }

    /// <summary>Adds a memory. What it does not have, such as the coordinates of a deleted one, is null in the file.</summary>
    internal void Write(MemoryRecord memory)
    {
        // First all texts, then the views: the buffer moves while it grows.
        _texts.ResetWrittenCount();
        Append(memory.Id.ToString());
        int title = Append(memory.Title);
        int content = Append(memory.Content);
        int type = Append(MemoryTypes.NameOf(memory.Type));
        int tags = _texts.WrittenCount;
        for (int i = 0; i < memory.Tags.Count; i++)
        {
            Append(memory.Tags[i]);
            BinaryPrimitives.WriteInt32LittleEndian(_tagEnds.AsSpan(i * sizeof(int)), _texts.WrittenCount - tags);
        }

        ReadOnlySpan<byte> all = _texts.WrittenSpan;
        Coordinates? at = memory.Coordinates;
        Check(_writer.Add(new ArrowRow
        {
            Present = at is null ? WithoutPlace : ArrowRow.AllPresent,
            Id = all[..IdChars],
            Title = all[title..content],
            Content = all[content..type],
            MemoryType = all[type..tags],
            TagText = all[tags..],
            TagEnds = _tagEnds.AsSpan(0, memory.Tags.Count * sizeof(int)),
            Importance = memory.Importance,
            X = Coordinates.Rounded(at?.X ?? 0),
            Y = Coordinates.Rounded(at?.Y ?? 0),
            Z = Coordinates.Rounded(at?.Z ?? 0),
            W = Coordinates.Rounded(at?.W ?? 0),
            V = Coordinates.Rounded(at?.V ?? 0),
        }));
        Drain();
    }

    /// <summary>Writes the last batch and the end of the file.</summary>
    internal void Finish()
    {
        Check(_writer.Finish());
        Drain();
    }

    public void Dispose() => _writer.Free();

    private int Append(string text)
    {
        int start = _texts.WrittenCount;
        Encoding.UTF8.GetBytes(text, _texts);
        return start;
    }

    private void Drain()
    {
        if (!_writer.Output.IsEmpty)
        {
            _stream.Write(_writer.Output);
            _writer.Drain();
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new FailureException(ErrorCode.InternalError, "there is not enough memory for a batch of the Arrow file", "close other programs and repeat the call", retryable: true);
        }
    }
}
