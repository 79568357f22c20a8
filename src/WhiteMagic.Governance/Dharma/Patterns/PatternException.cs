using System;
using System.Globalization;

namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>A pattern is not in the language of patterns, or too large; the message says where and what is allowed.</summary>
public sealed class PatternException : Exception
{
    /// <param name="position">0-based, in UTF-16 code units of the pattern.</param>
    /// <param name="problem">What is wrong, and what is allowed.</param>
    internal PatternException(int position, string problem)
        : base(string.Create(CultureInfo.InvariantCulture, $"{problem} (at character {position + 1} of the pattern)"))
    {
    }
}
