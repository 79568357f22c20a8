using System;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Memory.Recall;

/// <summary>The part of a content that shows why it was found.</summary>
public static class Snippet
{
    // The words that it is made for lie within about so much; a bit of what stands before them goes with them.
    private const int WindowBytes = 120;
    private const int LeadBytes = 40;

    // Of a long text the beginning is looked at.
    private const int MostBytes = 256 << 10;
    private const int MostChars = 1000;

    /// <summary>Cuts a part of about <see cref="SearchHit.SnippetTokens"/> tokens around the words of the question that tell most.</summary>
    public static string Of(ReadOnlySpan<byte> content, Question question)
    {
        int start = content.Length > LeadBytes ? StartOf(content[..Math.Min(content.Length, MostBytes)], question) : 0;
        ReadOnlySpan<byte> rest = content[start..];

        // More characters than this are never shown, whatever they are.
        string text = Encoding.UTF8.GetString(rest[..Math.Min(rest.Length, MostChars * 4)]);
        return Cut(text, start > 0, isMore: rest.Length > MostChars * 4);
    }

    /// <summary>The beginning of a content.</summary>
    public static string Beginning(string content) => Cut(content.Length > 2 * MostChars ? content[..(2 * MostChars)] : content, false, content.Length > 2 * MostChars);

    private static string Cut(string text, bool isCutBefore, bool isMore)
    {
        int chars = TokenEstimate.CharsWithin(text.AsSpan(0, Math.Min(text.Length, MostChars)), SearchHit.SnippetTokens);
        isMore |= chars < text.Length;
        string shown = text[..chars];
        return (isCutBefore ? "…" : "") + shown + (isMore ? "…" : "");
    }

    // Where the best window begins; 0 when the beginning is as good.
    private static int StartOf(ReadOnlySpan<byte> content, Question question)
    {
        var marks = new Mark[64];
        int count = 0;
        var tokens = new Tokenizer(content, question.KeepsStopWords);
        for (ulong hash = tokens.Next(); hash != 0; hash = tokens.Next())
        {
            if (question.IndexOf(hash) is >= 0 and var term)
            {
                if (count == marks.Length)
                {
                    Array.Resize(ref marks, count * 2);
                }

                marks[count++] = new Mark(tokens.Start, tokens.End, term);
            }
        }

        double best = 0;
        int at = 0;
        for (int first = 0; first < count; first++)
        {
            double sum = Worth(marks.AsSpan(first, count - first), question);
            if (sum > best)
            {
                best = sum;
                at = marks[first].Start;
            }
        }

        return at <= LeadBytes ? 0 : WordStart(content, at - LeadBytes, at);
    }

    // Sum of the idf of the different terms that the window beginning with the first has.
    private static double Worth(ReadOnlySpan<Mark> marks, Question question)
    {
        double sum = 0;
        ulong seen = 0;
        for (int i = 0; i < marks.Length && marks[i].End - marks[0].Start <= WindowBytes; i++)
        {
            ulong bit = 1UL << marks[i].Term;
            sum += (seen & bit) == 0 ? question.Terms[marks[i].Term].Idf : 0;
            seen |= bit;
        }

        return sum;
    }

    // The first beginning of a word from a position on, or of a character where there is none.
    private static int WordStart(ReadOnlySpan<byte> content, int from, int most)
    {
        for (int i = from; i < most; i++)
        {
            if (content[i - 1] is (byte)' ' or (byte)'\n' or (byte)'\t')
            {
                return i;
            }
        }

        while (from < most && (content[from] & 0xC0) == 0x80)
        {
            from++;
        }

        return from;
    }

    private readonly struct Mark(int start, int end, int term)
    {
        public int Start { get; } = start;

        public int End { get; } = end;

        public int Term { get; } = term;
    }
}
