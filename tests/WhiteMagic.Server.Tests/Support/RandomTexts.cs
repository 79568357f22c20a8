using System;
using System.Text;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>Random texts: any UTF-16 at all, or any Unicode.</summary>
internal static class RandomTexts
{
    private static readonly string[] _pieces =
        ["\"", "'", "AND", "OR", "NOT", "NEAR(", ")", "*", "^", ":", "{", "}", "\\", "\0", "%", "-", "+", " ", " ", "word", "Words", "é", "漢字", "😀", "e\u0301", "\u0301", "\uE000", "ﬁ", "İ", "\n", "a", "1"];

    /// <summary>May hold halves of surrogate pairs.</summary>
    public static string Any(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            if (random.Next(2) == 0)
            {
                text.Append(_pieces[random.Next(_pieces.Length)]);
            }
            else
            {
                text.Append((char)random.Next(random.Next(2) == 0 ? 0x80 : 0x10000));
            }
        }

        return text.ToString();
    }

    /// <summary>So many words of letters, as in a note.</summary>
    public static string Words(Random random, int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(i > 0 ? " " : "");
            for (int letter = random.Next(3, 9); letter > 0; letter--)
            {
                text.Append((char)('a' + random.Next(26)));
            }
        }

        return text.ToString();
    }

    /// <summary>Whole characters only.</summary>
    public static string Unicode(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            if (random.Next(2) == 0)
            {
                text.Append(_pieces[random.Next(_pieces.Length)]);
            }
            else if (Rune.TryCreate(random.Next(random.Next(3) switch { 0 => 0x80, 1 => 0x3000, _ => 0x110000 }), out Rune rune))
            {
                text.Append(rune.ToString());
            }
        }

        return text.ToString();
    }
}
