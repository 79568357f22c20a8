using System;
using System.Collections.Generic;
using System.Text;

namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>
/// Reads a pattern. It stands for lower-case text, since both are folded before they are compared; what is not ASCII is matched as its bytes
/// of UTF-8, never half a character.
/// </summary>
internal sealed class PatternParser(string pattern)
{
    private const int MostDepth = 32;
    private const int MostRepeat = 1000;

    private readonly string _pattern = pattern;
    private int _at;
    private int _depth;

    internal static PatternNode Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        PatternNode node = parser.Choice();
        return parser._at == pattern.Length ? node : throw parser.Wrong("a ) that closes nothing; write \\) for the character");
    }

    private bool IsAtEnd => _at == _pattern.Length;

    private PatternException Wrong(string problem) => new(_at, problem);

    private PatternNode Choice()
    {
        if (++_depth > MostDepth)
        {
            throw Wrong("groups are nested more than 32 deep");
        }

        PatternNode first = Sequence();
        if (IsAtEnd || _pattern[_at] != '|')
        {
            _depth--;
            return first;
        }

        PatternNode choice = PatternNode.Of(NodeKind.Choice, first);
        while (!IsAtEnd && _pattern[_at] == '|')
        {
            _at++;
            choice.Children.Add(Sequence());
        }

        _depth--;
        return choice;
    }

    private PatternNode Sequence()
    {
        PatternNode sequence = PatternNode.Of(NodeKind.Sequence);
        while (!IsAtEnd && _pattern[_at] is not ('|' or ')'))
        {
            int start = _at;
            PatternNode atom = Atom();
            sequence.Children.Add(Repeated(atom, start));
        }

        return sequence;
    }

    private PatternNode Repeated(PatternNode atom, int start)
    {
        if (IsAtEnd || !TryQuantifier(out int least, out int most))
        {
            return atom;
        }

        if (atom.Kind is NodeKind.LineStart or NodeKind.LineEnd or NodeKind.WordEdge or NodeKind.NoWordEdge)
        {
            _at = start;
            throw Wrong("an anchor cannot be repeated");
        }

        // Whether it takes as little or as much as it can does not matter to whether it matches.
        if (!IsAtEnd && _pattern[_at] == '?')
        {
            _at++;
        }

        if (!IsAtEnd && _pattern[_at] is '*' or '+' or '?' or '{')
        {
            throw Wrong("a repetition of a repetition; put the first into ( )");
        }

        var repeat = new PatternNode(NodeKind.Repeat) { Least = least, Most = most };
        repeat.Children.Add(atom);
        return repeat;
    }

    private bool TryQuantifier(out int least, out int most)
    {
        (least, most) = (0, PatternNode.Unlimited);
        switch (_pattern[_at])
        {
            case '*':
                _at++;
                return true;
            case '+':
                _at++;
                least = 1;
                return true;
            case '?':
                _at++;
                most = 1;
                return true;
            case '{':
                _at++;
                least = Number();
                most = least;
                if (!IsAtEnd && _pattern[_at] == ',')
                {
                    _at++;
                    most = !IsAtEnd && _pattern[_at] == '}' ? PatternNode.Unlimited : Number();
                }

                if (IsAtEnd || _pattern[_at] != '}' || (most != PatternNode.Unlimited && most < least))
                {
                    throw Wrong("a repetition is {3}, {3,} or {3,5}; write \\{ for the character");
                }

                _at++;
                return true;
            default:
                return false;
        }
    }

    private int Number()
    {
        int start = _at;
        int number = 0;
        while (!IsAtEnd && char.IsAsciiDigit(_pattern[_at]) && number <= MostRepeat)
        {
            number = (number * 10) + (_pattern[_at++] - '0');
        }

        return _at > start && number <= MostRepeat ? number : throw Wrong("a repetition needs a number from 0 to 1000; write \\{ for the character");
    }

    private PatternNode Atom()
    {
        char c = _pattern[_at];
        switch (c)
        {
            case '(':
                _at++;
                if (!IsAtEnd && _pattern[_at] == '?')
                {
                    if (_at + 1 >= _pattern.Length || _pattern[_at + 1] != ':')
                    {
                        throw Wrong("only ( ) and (?: ) are groups; looking ahead or behind, names and flags are not allowed");
                    }

                    _at += 2;
                }

                PatternNode group = Choice();
                if (IsAtEnd)
                {
                    throw Wrong("a ( that is not closed; write \\( for the character");
                }

                _at++;
                return group;
            case '[':
                return Class();
            case '.':
                _at++;
                return Characters.AnyBut(ByteSet.Of('\n'));
            case '^':
                _at++;
                return new PatternNode(NodeKind.LineStart);
            case '$':
                _at++;
                return new PatternNode(NodeKind.LineEnd);
            case '\\':
                return Escape();
            case '*' or '+' or '?' or '{':
                throw Wrong("a repetition of nothing; write \\ before the character");
            default:
                return Literal();
        }
    }

    private PatternNode Literal()
    {
        Span<byte> bytes = stackalloc byte[8];
        int count = Folded(bytes);
        if (count == 1)
        {
            return PatternNode.Of(ByteSet.Of(bytes[0]));
        }

        PatternNode sequence = PatternNode.Of(NodeKind.Sequence);
        for (int i = 0; i < count; i++)
        {
            sequence.Children.Add(PatternNode.Of(ByteSet.Of(bytes[i])));
        }

        return sequence;
    }

    // The next character in lower case, as UTF-8.
    private int Folded(Span<byte> bytes)
    {
        if (Rune.DecodeFromUtf16(_pattern.AsSpan(_at), out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
        {
            throw Wrong("half a character");
        }

        _at += length;
        return Rune.ToLowerInvariant(rune).EncodeToUtf8(bytes);
    }

    private PatternNode Escape()
    {
        _at++;
        if (IsAtEnd)
        {
            throw Wrong("a \\ at the end; write \\\\ for the character");
        }

        char c = _pattern[_at++];
        switch (c)
        {
            case 'd': return PatternNode.Of(Characters.Digits());
            case 'D': return Characters.AnyBut(Characters.Digits());
            case 's': return PatternNode.Of(Characters.Blanks());
            case 'S': return Characters.AnyBut(Characters.Blanks());
            case 'w': return PatternNode.Of(NodeKind.Choice, PatternNode.Of(Characters.AsciiWord()), Characters.BeyondAscii());
            case 'W': return PatternNode.Of(Characters.NotIn(Characters.AsciiWord()));
            case 'b': return new PatternNode(NodeKind.WordEdge);
            case 'B': return new PatternNode(NodeKind.NoWordEdge);
            case 'n': return PatternNode.Of(ByteSet.Of('\n'));
            case 'r': return PatternNode.Of(ByteSet.Of('\r'));
            case 't': return PatternNode.Of(ByteSet.Of('\t'));
            default:
                if (char.IsAsciiLetterOrDigit(c))
                {
                    _at--;
                    throw Wrong("an escape that is not known; allowed are \\d \\D \\s \\S \\w \\W \\b \\B \\n \\r \\t and \\ before a punctuation mark");
                }

                _at--;
                return Literal();
        }
    }

    private PatternNode Class()
    {
        int start = _at++;
        bool isNegated = !IsAtEnd && _pattern[_at] == '^';
        _at += isNegated ? 1 : 0;
        var set = new ByteSet();
        var longer = new List<PatternNode>();
        bool hasBeyond = false;
        for (bool isFirst = true; ; isFirst = false)
        {
            if (IsAtEnd)
            {
                _at = start;
                throw Wrong("a [ that is not closed; write \\[ for the character");
            }

            char c = _pattern[_at];
            if (c == ']' && !isFirst)
            {
                _at++;
                break;
            }

            if (c == '\\' && _at + 1 < _pattern.Length && _pattern[_at + 1] is 'd' or 's' or 'w')
            {
                char kind = _pattern[_at + 1];
                set.AddAll(kind == 'd' ? Characters.Digits() : kind == 's' ? Characters.Blanks() : Characters.AsciiWord());
                hasBeyond |= kind == 'w';
                _at += 2;
                continue;
            }

            AddMember(set, longer);
        }

        if (isNegated && (longer.Count > 0 || hasBeyond))
        {
            _at = start;
            throw Wrong("a class that begins with ^ can exclude only ASCII characters, \\d and \\s");
        }

        if (isNegated)
        {
            return Characters.AnyBut(set);
        }

        if (longer.Count == 0 && !hasBeyond)
        {
            return PatternNode.Of(set);
        }

        PatternNode choice = PatternNode.Of(NodeKind.Choice, PatternNode.Of(set));
        choice.Children.AddRange(longer);
        if (hasBeyond)
        {
            choice.Children.Add(Characters.BeyondAscii());
        }

        return choice;
    }

    private void AddMember(ByteSet set, List<PatternNode> longer)
    {
        int start = _at;
        char first = Member();
        if (first >= 0x80)
        {
            _at = start;
            longer.Add(Literal());
            return;
        }

        char last = first;
        if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
        {
            _at++;
            last = Member();
            if (last >= 0x80 || last < first)
            {
                _at = start;
                throw Wrong("a range goes from a smaller to a larger ASCII character");
            }
        }

        for (char c = first; c <= last; c++)
        {
            set.Add(char.ToLowerInvariant(c));
        }
    }

    private char Member()
    {
        char c = _pattern[_at++];
        if (c != '\\')
        {
            return c;
        }

        if (IsAtEnd)
        {
            throw Wrong("a \\ at the end; write \\\\ for the character");
        }

        c = _pattern[_at++];
        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ when char.IsAsciiLetterOrDigit(c) => throw new PatternException(_at - 1, "an escape that is not known in a class; allowed are \\d \\s \\w \\n \\r \\t and \\ before a punctuation mark"),
            _ => c,
        };
    }
}
