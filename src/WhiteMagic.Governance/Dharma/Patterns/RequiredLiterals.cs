using System.Collections.Generic;

namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>Finds texts, one of which every match of a pattern must hold: where none of them stands, the pattern need not be tried.</summary>
internal static class RequiredLiterals
{
    /// <summary>Shorter ones stand nearly everywhere.</summary>
    internal const int LeastBytes = 3;

    private const int MostTexts = 16;

    /// <summary>The texts; null when the pattern has none that are long enough.</summary>
    internal static IReadOnlyList<byte[]>? Of(PatternNode node) => node.Kind switch
    {
        NodeKind.Sequence => OfSequence(node),
        NodeKind.Choice => OfChoice(node),
        NodeKind.Repeat when node.Least > 0 => Of(node.Children[0]),
        _ => null,
    };

    private static IReadOnlyList<byte[]>? OfSequence(PatternNode node)
    {
        IReadOnlyList<byte[]>? best = null;
        var run = new List<byte>();
        foreach (PatternNode child in Flat(node))
        {
            if (child.Set?.Single is { } only and >= 0)
            {
                run.Add((byte)only);
                continue;
            }

            // An anchor takes nothing, so the text goes on behind it.
            if (child.Kind is NodeKind.LineStart or NodeKind.LineEnd or NodeKind.WordEdge or NodeKind.NoWordEdge)
            {
                continue;
            }

            best = Better(best, TextOf(run));
            run.Clear();
            best = Better(best, Of(child));
        }

        return Better(best, TextOf(run));
    }

    private static List<byte[]>? OfChoice(PatternNode node)
    {
        var all = new List<byte[]>();
        foreach (PatternNode child in node.Children)
        {
            if (Of(child) is not { } some || all.Count + some.Count > MostTexts)
            {
                return null;
            }

            all.AddRange(some);
        }

        return all;
    }

    private static List<PatternNode> Flat(PatternNode sequence)
    {
        var flat = new List<PatternNode>();
        foreach (PatternNode child in sequence.Children)
        {
            if (child.Kind == NodeKind.Sequence)
            {
                flat.AddRange(Flat(child));
            }
            else
            {
                flat.Add(child);
            }
        }

        return flat;
    }

    private static byte[][]? TextOf(List<byte> run) => run.Count >= LeastBytes ? [run.ToArray()] : null;

    // The one whose shortest text is longest says most.
    private static IReadOnlyList<byte[]>? Better(IReadOnlyList<byte[]>? a, IReadOnlyList<byte[]>? b) =>
        a is null ? b : b is null ? a : Shortest(b) > Shortest(a) ? b : a;

    private static int Shortest(IReadOnlyList<byte[]> texts)
    {
        int shortest = int.MaxValue;
        foreach (byte[] text in texts)
        {
            shortest = int.Min(shortest, text.Length);
        }

        return shortest;
    }
}
