using System;

namespace WhiteMagic.Governance.Detection;

/// <summary>
/// Reads a text word by word in lower case, past what is used to hide words: characters of no width, letters of other scripts that look alike,
/// full-width letters.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<byte> text, int at)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = at;

    /// <summary>Where the last word begins.</summary>
    internal int Start { get; private set; }

    /// <summary>Where the last word ends.</summary>
    internal readonly int End => _at;

    /// <summary>Reads the next word; -1 when there is none, else its length. What does not fit counts and is not written.</summary>
    internal int Read(scoped Span<byte> word)
    {
        while (_at < _text.Length && !StartsWord(_text[_at]))
        {
            _at++;
        }

        Start = _at;
        int length = 0;
        while (_at < _text.Length)
        {
            byte b = _text[_at];
            if (b < 0x80)
            {
                if (!IsWordByte(b))
                {
                    break;
                }

                Put(word, ref length, (byte)(char.IsAsciiLetterUpper((char)b) ? b | 0x20 : b));
                _at++;
                continue;
            }

            int taken = ReadBeyond(_text[_at..], out int plain);
            if (plain < 0)
            {
                break;
            }

            if (plain is > 0 and < 0x80)
            {
                Put(word, ref length, (byte)plain);
            }
            else if (plain >= 0x80)
            {
                for (int i = 0; i < taken; i++)
                {
                    Put(word, ref length, _text[_at + i]);
                }
            }

            _at += taken;
        }

        return _at == Start ? -1 : length;
    }

    private static bool StartsWord(byte b) => IsWordByte(b) || b >= 0x80;

    // An apostrophe is inside don't; one at an end is only punctuation, which no word of a phrase has.
    private static bool IsWordByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'\'';

    private static void Put(scoped Span<byte> word, ref int length, byte b)
    {
        if (length < word.Length)
        {
            word[length] = b;
        }

        length++;
    }

    // Returns how many bytes were read. Plain is 0 for what has no width, -1 for what ends a word, an ASCII letter for what looks like one, else 0x80.
    private static int ReadBeyond(ReadOnlySpan<byte> rest, out int plain)
    {
        if (System.Text.Rune.DecodeFromUtf8(rest, out System.Text.Rune rune, out int taken) != System.Buffers.OperationStatus.Done)
        {
            plain = -1;
            return taken;
        }

        int c = rune.Value;
        plain = c switch
        {
            0xAD or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x2064) or 0xFEFF or (>= 0xFE00 and <= 0xFE0F) => 0,
            0x2019 => '\'',
            >= 0xFF21 and <= 0xFF3A => c - 0xFF21 + 'a',
            >= 0xFF41 and <= 0xFF5A => c - 0xFF41 + 'a',
            0x430 or 0x410 => 'a',
            0x435 or 0x415 => 'e',
            0x43E or 0x41E or 0x3BF or 0x39F => 'o',
            0x440 or 0x420 => 'p',
            0x441 or 0x421 => 'c',
            0x443 or 0x423 => 'y',
            0x445 or 0x425 => 'x',
            0x456 or 0x406 => 'i',
            0x455 or 0x405 => 's',
            0x458 or 0x408 => 'j',
            0xA0 or 0x3000 or (>= 0x2000 and <= 0x200A) or (>= 0x2010 and <= 0x205F) or (>= 0x3001 and <= 0x303F) => -1,
            _ => 0x80,
        };
        return taken;
    }
}
