using System;

namespace WhiteMagic.Kernels.Search;

// Problem: the terms of a text, so that prose, identifiers and scripts without spaces are all found by what people type.
//
//   letters are folded: lower case, no accents, full-width as ASCII (Letter, Scripts)
//   part: a run of letters and digits; a capital after a small letter or digit begins another part (getUser), and so does the last of several
//     capitals before two small letters (HTTPServer)
//   word: parts that follow each other, with one of _ . / - @ : \ between two of them at most
//   terms: each part that is no stop word, and, of a word with several parts, the whole word (get_user, Foo.Bar, a/b.c, v1.2.3, getUser)
//   a term of ASCII letters only is stemmed
//   Chinese, Japanese, Korean, Thai, Khmer, Burmese and pictures: each character, and each pair of neighbours
//
// Terms come out as 64-bit hashes in the text's order, a whole word after its parts, a pair after its second character. The index holds no
// text: among two million terms, any two share a hash with probability 1 in ten million.
// Cost: 5 to 10 ns a byte, mostly stemming and hashing; no memory.
// Knowingly not optimal: no dictionary parts Chinese or Thai words, so pairs across words are terms too.

/// <summary>Gives the terms of a text one after another.</summary>
public ref struct Tokenizer
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _keepsStopWords;
    private TermBuffer _buffer;
    private Queued _queued;
    private Queued _queuedAfter;
    private Letter _previousSign;
    private LetterKind _previous;
    private int _at;
    private int _wordStart;
    private int _partStart;
    private int _partCount;

    /// <summary>Begins with a text; any bytes are one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsStopWords">Whether stop words are terms too, as they are where there is nothing else.</param>
    public Tokenizer(ReadOnlySpan<byte> text, bool keepsStopWords = false)
    {
        _text = text;
        _keepsStopWords = keepsStopWords;
        _buffer.Clear();
    }

    /// <summary>Where the last term begins in the text, in bytes.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    private readonly bool IsInWord => _previous is LetterKind.Lower or LetterKind.Upper or LetterKind.Joiner;

    /// <summary>The hash of the next term; 0 at the end.</summary>
    public ulong Next()
    {
        while (_queued.Term == 0)
        {
            if (_at < _text.Length)
            {
                Step();
            }
            else if (IsInWord)
            {
                EndWord();
            }
            else
            {
                return 0;
            }
        }

        ulong term = _queued.Term;
        Start = _queued.Start;
        End = _queued.End;
        _queued = _queuedAfter;
        _queuedAfter = default;
        return term;
    }

    // Takes one character, or several small letters, and queues two terms at most.
    private void Step()
    {
        Letter letter = Letter.Read(_text, _at);
        switch (letter.Kind)
        {
            case LetterKind.Lower:
                Take(letter);
                while (_at < _text.Length && (uint)(_text[_at] - 'a') < 26)
                {
                    _buffer.Append(_text[_at++]);
                }

                break;
            case LetterKind.Upper:
                if (BeginsPart())
                {
                    EndPart();
                }

                Take(letter);
                break;
            case LetterKind.Joiner:
                if (_previous is LetterKind.Lower or LetterKind.Upper && IsLetterAt(_at + letter.Bytes))
                {
                    EndPart();
                    _previous = LetterKind.Joiner;
                }
                else
                {
                    EndWord();
                }

                _at += letter.Bytes;
                break;
            case LetterKind.Ideograph:
                if (IsInWord)
                {
                    EndWord();
                }
                else
                {
                    TakeSign(letter);
                }

                break;
            case LetterKind.Separator:
                EndWord();
                _at += letter.Bytes;
                break;
            default:
                _at += letter.Bytes;
                break;
        }
    }

    private void Take(in Letter letter)
    {
        if (!IsInWord)
        {
            _wordStart = _at;
        }

        if (_buffer.IsEmpty)
        {
            _partStart = _at;
        }

        Append(letter);
        _previous = letter.Kind;
        _at += letter.Bytes;
    }

    private void TakeSign(in Letter letter)
    {
        Append(letter);
        Queue(_buffer.Hash(), _at, _at + letter.Bytes);
        _buffer.Clear();
        if (_previous == LetterKind.Ideograph)
        {
            Append(_previousSign);
            Append(letter);
            Queue(_buffer.Hash(), _at - _previousSign.Bytes, _at + letter.Bytes);
            _buffer.Clear();
        }

        _previousSign = letter;
        _previous = LetterKind.Ideograph;
        _at += letter.Bytes;
    }

    private void Append(in Letter letter)
    {
        uint folded = letter.Folded;
        for (int i = 0; i < letter.FoldedBytes; i++)
        {
            _buffer.Append((byte)folded);
            folded >>= 8;
        }
    }

    // Whether the capital at the current position begins a part.
    private readonly bool BeginsPart() =>
        _previous == LetterKind.Lower
        || (_previous == LetterKind.Upper && _at + 2 < _text.Length && (uint)(_text[_at + 1] - 'a') < 26 && (uint)(_text[_at + 2] - 'a') < 26);

    private readonly bool IsLetterAt(int at) =>
        at < _text.Length && Letter.Read(_text, at).Kind is LetterKind.Lower or LetterKind.Upper;

    private void EndPart()
    {
        if (_buffer.IsEmpty)
        {
            return;
        }

        if (_keepsStopWords || !_buffer.IsStopWord())
        {
            Queue(_buffer.Hash(), _partStart, _at);
        }

        _buffer.Clear();
        _partCount++;
    }

    private void EndWord()
    {
        EndPart();
        if (_partCount > 1)
        {
            // Rare enough to read the word again.
            for (int at = _wordStart; at < _at;)
            {
                Letter letter = Letter.Read(_text, at);
                at += letter.Bytes;
                if (letter.Kind != LetterKind.Ignored)
                {
                    Append(letter);
                }
            }

            Queue(_buffer.Hash(), _wordStart, _at);
            _buffer.Clear();
        }

        _partCount = 0;
        _previous = LetterKind.Separator;
    }

    private void Queue(ulong term, int start, int end)
    {
        var queued = new Queued { Term = term, Start = start, End = end };
        if (_queued.Term == 0)
        {
            _queued = queued;
        }
        else
        {
            _queuedAfter = queued;
        }
    }

    private struct Queued
    {
        public ulong Term;
        public int Start;
        public int End;
    }
}
