using System;
using System.Buffers.Binary;
using WhiteMagic.Kernels.Sha256;

namespace WhiteMagic.Governance.Karma;

/// <summary>
/// The canonical encoding of an entry, byte by byte as docs/karma.md describes it; the hash of an entry is the SHA-256 of it.
/// All numbers are big-endian, a text is its length in bytes (4 bytes) and then its UTF-8.
/// </summary>
public static class KarmaEncoding
{
    /// <summary>The first byte of every encoding.</summary>
    public const byte Version = 1;

    /// <summary>Length of a hash in bytes.</summary>
    public const int HashBytes = Sha256State.DigestBytes;

    /// <summary>Length of a memory id in bytes.</summary>
    public const int IdBytes = 16;

    // Version, sequence, time, effect, changed, score, count of ids, duration; then the lengths of five texts.
    private const int FixedBytes = 1 + 8 + 8 + 1 + 8 + 8 + 4 + 8 + (5 * 4);

    private static readonly byte[] _genesis = new byte[HashBytes];

    /// <summary>The hash before the first entry: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Genesis => _genesis;

    /// <summary>How many bytes the encoding takes.</summary>
    public static int LengthOf(in KarmaFields f) =>
        FixedBytes + f.Tool.Length + f.Agent.Length + f.Session.Length + f.Outcome.Length + f.Rules.Length + f.ArgumentsHash.Length + f.MemoryIds.Length + f.PreviousHash.Length;

    /// <summary>Writes the encoding; returns its length.</summary>
    /// <param name="f">The entry; its <see cref="KarmaFields.Hash"/> is not read.</param>
    /// <param name="to">At least <see cref="LengthOf"/> bytes.</param>
    public static int Encode(in KarmaFields f, Span<byte> to)
    {
        var sink = new Sink(to);
        sink.Byte(Version);
        sink.Int64(f.Sequence);
        sink.Int64(f.TimeMs);
        sink.Text(f.Tool);
        sink.Text(f.Agent);
        sink.Text(f.Session);
        sink.Byte((byte)f.Effect);
        sink.Int64(f.Changed);
        sink.Text(f.Outcome);
        sink.Text(f.Rules);
        sink.Int64(BitConverter.DoubleToInt64Bits(f.Score));
        sink.Bytes(f.ArgumentsHash);
        sink.Int32(f.MemoryIds.Length / IdBytes);
        sink.Bytes(f.MemoryIds);
        sink.Int64(f.DurationUs);
        sink.Bytes(f.PreviousHash);
        return sink.Written;
    }

    /// <summary>The encoding of an entry, for people who want to recompute a hash.</summary>
    public static byte[] Encode(KarmaEntry entry)
    {
        KarmaFields fields = entry.ToFields();
        byte[] bytes = new byte[LengthOf(fields)];
        Encode(fields, bytes);
        return bytes;
    }

    /// <summary>The hash that an entry must have; its <see cref="KarmaEntry.Hash"/> is not read.</summary>
    public static byte[] Hash(KarmaEntry entry)
    {
        byte[] digest = new byte[HashBytes];
        Sha256State.Hash(Encode(entry), digest);
        return digest;
    }

    private ref struct Sink(Span<byte> to)
    {
        private readonly Span<byte> _to = to;

        public int Written { get; private set; }

        public void Bytes(scoped ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_to[Written..]);
            Written += bytes.Length;
        }

        public void Byte(byte value) => _to[Written++] = value;

        public void Int32(int value)
        {
            BinaryPrimitives.WriteInt32BigEndian(_to[Written..], value);
            Written += sizeof(int);
        }

        public void Int64(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(_to[Written..], value);
            Written += sizeof(long);
        }

        public void Text(scoped ReadOnlySpan<byte> utf8)
        {
            Int32(utf8.Length);
            Bytes(utf8);
        }
    }
}
