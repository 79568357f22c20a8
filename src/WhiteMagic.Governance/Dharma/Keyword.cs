using System;
using System.Text;

namespace WhiteMagic.Governance.Dharma;

/// <summary>A word, or several with one blank between them, that is looked for as a whole in folded text.</summary>
internal sealed class Keyword
{
    private Keyword(string text, byte[] folded, int firstLength)
    {
        Text = text;
        Folded = folded;
        FirstLength = firstLength;
    }

    /// <summary>As it was written.</summary>
    internal string Text { get; }

    internal byte[] Folded { get; }

    /// <summary>Length of its first word.</summary>
    internal int FirstLength { get; }

    /// <summary>Makes a keyword; null when it does not begin with a letter or digit.</summary>
    internal static Keyword? Of(string text)
    {
        var folded = new FoldedText();
        folded.Set(Encoding.UTF8.GetBytes(text));
        int length = WordLength(folded.Span);
        return length == 0 ? null : new Keyword(text, folded.Span.ToArray(), length);
    }

    /// <summary>Whether it stands at a place where a word begins.</summary>
    internal bool StandsAt(ReadOnlySpan<byte> folded, int at)
    {
        ReadOnlySpan<byte> rest = folded[at..];
        return rest.StartsWith(Folded) && (rest.Length == Folded.Length || !IsWordByte(rest[Folded.Length]) || !IsWordByte(Folded[^1]));
    }

    internal bool StandsIn(ReadOnlySpan<byte> folded)
    {
        for (int at = 0; ; at++)
        {
            int found = folded[at..].IndexOf(Folded);
            if (found < 0)
            {
                return false;
            }

            at += found;
            if ((at == 0 || !IsWordByte(folded[at - 1])) && StandsAt(folded, at))
            {
                return true;
            }
        }
    }

    internal static int WordLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && IsWordByte(text[length]))
        {
            length++;
        }

        return length;
    }

    // Letters beyond ASCII are made of these bytes; so are a few marks, which then belong to the word beside them.
    internal static bool IsWordByte(byte b) => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) || b == '_';
}
