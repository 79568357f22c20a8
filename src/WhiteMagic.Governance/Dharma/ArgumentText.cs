using System;
using System.Text;

namespace WhiteMagic.Governance.Dharma;

/// <summary>
/// All string values of a deed's arguments, one on each line; its memory is used again. The arguments' own names are left out, names inside of
/// them, such as those of metadata, are kept: they are the caller's text too, and <c>password: …</c> means something.
/// </summary>
public sealed class ArgumentText
{
    private const int MostKept = 64 << 10;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The values as UTF-8, each followed by a line break.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>How many bytes the values have, without the line breaks between them.</summary>
    public int ValueBytes { get; private set; }

    /// <summary>Takes the values out of canonical JSON in one pass. What is not JSON gives something, and no exception.</summary>
    public void Set(ReadOnlySpan<byte> json)
    {
        // A name takes a colon and a blank where it had quotes; an escape is never shorter than what it stands for.
        int most = json.Length + 2;
        if (_bytes.Length < most || (_bytes.Length > MostKept && most <= MostKept))
        {
            _bytes = new byte[Math.Max(most, 1024)];
        }

        _length = 0;
        ValueBytes = 0;
        int at = 0;
        int depth = 0;
        while (true)
        {
            int quote = json[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return;
            }

            depth += DepthOf(json.Slice(at, quote));
            int start = _length;
            at = Copy(json, at + quote + 1);
            if (at < json.Length && json[at] == ':')
            {
                if (depth < 2)
                {
                    _length = start;
                }
                else
                {
                    _bytes[_length++] = (byte)':';
                    _bytes[_length++] = (byte)' ';
                }
            }
            else
            {
                ValueBytes += _length - start;
                _bytes[_length++] = (byte)'\n';
            }
        }
    }

    private static int DepthOf(ReadOnlySpan<byte> between)
    {
        int depth = 0;
        foreach (byte b in between)
        {
            depth += b is (byte)'{' or (byte)'[' ? 1 : b is (byte)'}' or (byte)']' ? -1 : 0;
        }

        return depth;
    }

    // Copies a string without its escapes and returns where it ends: behind the closing quote.
    private int Copy(ReadOnlySpan<byte> json, int at)
    {
        while (true)
        {
            int plain = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (plain < 0)
            {
                plain = json.Length - at;
            }

            json.Slice(at, plain).CopyTo(_bytes.AsSpan(_length));
            _length += plain;
            at += plain;
            if (at >= json.Length || json[at] == '"')
            {
                return Math.Min(at + 1, json.Length);
            }

            at = CopyEscape(json, at + 1);
        }
    }

    // No escape is shorter than what it stands for, so the memory suffices.
    private int CopyEscape(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length)
        {
            return at;
        }

        if (json[at] != 'u')
        {
            _bytes[_length++] = json[at] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                byte other => other,
            };
            return at + 1;
        }

        int first = Unit(json, at + 1);
        if (first < 0)
        {
            return at + 1;
        }

        at += 5;
        var rune = Rune.ReplacementChar;
        if (!Rune.TryCreate((char)first, out Rune single))
        {
            int second = at + 1 < json.Length && json[at] == '\\' && json[at + 1] == 'u' ? Unit(json, at + 2) : -1;
            if (second >= 0 && Rune.TryCreate((char)first, (char)second, out Rune pair))
            {
                rune = pair;
                at += 6;
            }
        }
        else
        {
            rune = single;
        }

        _length += rune.EncodeToUtf8(_bytes.AsSpan(_length));
        return at;
    }

    // Four hexadecimal digits; -1 when they are none.
    private static int Unit(ReadOnlySpan<byte> json, int at)
    {
        int unit = 0;
        for (int i = at; i < at + 4; i++)
        {
            if (i >= json.Length || !char.IsAsciiHexDigit((char)json[i]))
            {
                return -1;
            }

            int c = json[i] | 0x20;
            unit = (unit << 4) | (c <= '9' ? c - '0' : c - 'a' + 10);
        }

        return unit;
    }
}
