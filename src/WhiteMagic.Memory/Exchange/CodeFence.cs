using System;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Follows the fenced code blocks of a Markdown text, as CommonMark defines them.</summary>
internal struct CodeFence
{
    private char _mark;
    private int _length;

    /// <summary>Whether the line that was passed last is inside a block.</summary>
    public readonly bool IsOpen => _length > 0;

    public void Pass(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.TrimStart(' ');
        if (line.Length - text.Length > 3 || text.Length < 3 || text[0] is not ('`' or '~'))
        {
            return;
        }

        char mark = text[0];
        int length = text.IndexOfAnyExcept(mark);
        length = length < 0 ? text.Length : length;
        ReadOnlySpan<char> rest = text[length..];
        if (IsOpen)
        {
            if (mark == _mark && length >= _length && rest.Trim().Length == 0)
            {
                _length = 0;
            }
        }
        else if (length >= 3 && !(mark == '`' && rest.Contains('`')))
        {
            (_mark, _length) = (mark, length);
        }
    }
}
