namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>Sets of characters that patterns have names for. What is not ASCII is several bytes.</summary>
internal static class Characters
{
    internal static ByteSet Digits() => ByteSet.Of('0', '9');

    internal static ByteSet Blanks() => ByteSet.Of('\t', '\r').Add(' ');

    internal static ByteSet AsciiWord() => ByteSet.Of('a', 'z').AddRange('A', 'Z').AddRange('0', '9').Add('_');

    internal static ByteSet NotIn(ByteSet excluded)
    {
        var rest = new ByteSet();
        for (int value = 0; value < 0x80; value++)
        {
            if (!excluded.Contains(value))
            {
                rest.Add(value);
            }
        }

        return rest;
    }

    /// <summary>One character of any length that is not one of these ASCII ones.</summary>
    internal static PatternNode AnyBut(ByteSet excluded) => PatternNode.Of(NodeKind.Choice, PatternNode.Of(NotIn(excluded)), BeyondAscii());

    // A first byte and one to three that follow. Nothing else begins with one that follows, so none can be left over in the middle of a match.
    internal static PatternNode BeyondAscii()
    {
        PatternNode sequence = PatternNode.Of(NodeKind.Sequence, PatternNode.Of(ByteSet.Of(0xC2, 0xF4)));
        var following = new PatternNode(NodeKind.Repeat) { Least = 1, Most = 3 };
        following.Children.Add(PatternNode.Of(ByteSet.Of(0x80, 0xBF)));
        sequence.Children.Add(following);
        return sequence;
    }
}
