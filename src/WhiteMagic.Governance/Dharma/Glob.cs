using System;

namespace WhiteMagic.Governance.Dharma;

/// <summary>Patterns of names: <c>*</c> stands for any characters, <c>?</c> for one; case does not matter.</summary>
public static class Glob
{
    /// <summary>Whether a name fits a pattern. Time: pattern times name at worst.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(name[n])))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    internal static bool IsMatchOfAny(string[] patterns, string name)
    {
        foreach (string pattern in patterns)
        {
            if (IsMatch(pattern, name))
            {
                return true;
            }
        }

        return false;
    }
}
