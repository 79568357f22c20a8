using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
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

    private static readonly byte[] _genesis = new byte[HashBytes];

    /// <summary>The hash before the first entry: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Genesis => _genesis;

    /// <summary>Returns the hash that <paramref name="entry"/> must have; its <see cref="KarmaEntry.Hash"/> is not read.</summary>
    public static byte[] Hash(KarmaEntry entry)
    {
        var sink = new Sink { Sha = Sha256State.Create() };
        Write(entry, ref sink);
        byte[] digest = new byte[HashBytes];
        sink.Sha.Finish(digest);
        return digest;
    }

    /// <summary>Returns the canonical encoding itself, for people who want to recompute a hash.</summary>
    public static byte[] Encode(KarmaEntry entry)
    {
        using var copy = new MemoryStream();
        var sink = new Sink { Sha = Sha256State.Create(), Copy = copy };
        Write(entry, ref sink);
        return copy.ToArray();
    }

    private static void Write(KarmaEntry entry, ref Sink sink)
    {
        sink.Byte(Version);
        sink.Int64(entry.Sequence);
        sink.Int64(entry.TimeMs);
        sink.Text(entry.Tool);
        sink.Text(entry.Agent);
        sink.Text(entry.Session);
        sink.Byte((byte)entry.Effect);
        sink.Int64(entry.Changed);
        sink.Text(entry.Outcome);
        sink.Text(entry.Rules);
        sink.Int64(BitConverter.DoubleToInt64Bits(entry.Score));
        sink.Bytes(entry.ArgumentsHash.Span);
        sink.Int32(entry.MemoryIds.Length / IdBytes);
        sink.Bytes(entry.MemoryIds.Span);
        sink.Int64(entry.DurationUs);
        sink.Bytes(entry.PreviousHash.Span);
    }

    private struct Sink
    {
        public Sha256State Sha;
        public MemoryStream? Copy;

        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            Sha.Append(bytes);
            Copy?.Write(bytes);
        }

        public void Byte(byte value) => Bytes([value]);

        public void Int32(int value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            Bytes(bytes);
        }

        public void Int64(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            Bytes(bytes);
        }

        public void Text(string text)
        {
            int count = Encoding.UTF8.GetByteCount(text);
            Int32(count);
            Span<byte> bytes = count <= 512 ? stackalloc byte[count] : new byte[count];
            Encoding.UTF8.GetBytes(text, bytes);
            Bytes(bytes);
        }
    }
}
