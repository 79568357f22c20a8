using System.Collections.Generic;

namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>What a part of a pattern is.</summary>
internal enum NodeKind
{
    /// <summary>One byte of a set.</summary>
    Bytes,

    /// <summary>All children, one after another; none matches the empty text.</summary>
    Sequence,

    /// <summary>One of the children.</summary>
    Choice,

    /// <summary>The child, from least to most times.</summary>
    Repeat,

    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}

/// <summary>A part of a parsed pattern.</summary>
internal sealed class PatternNode(NodeKind kind)
{
    /// <summary>As <see cref="Most"/>: no upper limit.</summary>
    internal const int Unlimited = -1;

    internal NodeKind Kind { get; } = kind;

    internal ByteSet? Set { get; init; }

    internal List<PatternNode> Children { get; } = [];

    internal int Least { get; init; }

    internal int Most { get; init; }

    internal static PatternNode Of(ByteSet set) => new(NodeKind.Bytes) { Set = set };

    internal static PatternNode Of(NodeKind kind, params PatternNode[] children)
    {
        var node = new PatternNode(kind);
        node.Children.AddRange(children);
        return node;
    }
}
