using System;
using System.Text;

namespace WhiteMagic.Governance.Dharma;

/// <summary>A text in lower case, as keywords and patterns see it; its memory is used again.</summary>
public sealed class FoldedText
{
    private const int MostKept = 64 << 10;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The folded UTF-8.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Folds a text: every character becomes its simple lower-case form; bytes that are not UTF-8 stay as they are.</summary>
    public void Set(ReadOnlySpan<byte> utf8)
    {
        // No character has a lower-case form of more than three bytes for its two.
        int most = utf8.Length + (utf8.Length >> 1) + 4;
        if (_bytes.Length < most || (_bytes.Length > MostKept && most <= MostKept))
        {
            _bytes = new byte[Math.Max(most, 1024)];
        }

        if (Ascii.IsValid(utf8))
        {
            Ascii.ToLower(utf8, _bytes, out _length);
            return;
        }

        _length = 0;
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out Rune rune, out int taken) == System.Buffers.OperationStatus.Done)
            {
                _length += Rune.ToLowerInvariant(rune).EncodeToUtf8(_bytes.AsSpan(_length));
            }
            else
            {
                utf8[..taken].CopyTo(_bytes.AsSpan(_length));
                _length += taken;
            }

            utf8 = utf8[taken..];
        }
    }
}
