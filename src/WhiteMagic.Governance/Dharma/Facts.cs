using System;
using System.Collections.Generic;
using WhiteMagic.Governance.Detection;

namespace WhiteMagic.Governance.Dharma;

/// <summary>What rules want to know about one deed, each found out once, when it is asked for. One thread at a time; its memory is used again.</summary>
internal sealed class Facts
{
    private readonly ArgumentText _text = new();
    private readonly FoldedText _folded = new();
    private bool _hasText;
    private bool _hasFolded;
    private Detect _looked;
    private Sighting _secret;
    private Sighting _instruction;
    private Detect _found;

    internal Deed Deed { get; private set; } = null!;

    /// <summary>Begins with another deed.</summary>
    internal void Set(Deed deed)
    {
        Deed = deed;
        _hasText = false;
        _hasFolded = false;
        _looked = Detect.None;
        _found = Detect.None;
    }

    /// <summary>The texts of the arguments.</summary>
    internal ReadOnlySpan<byte> Text
    {
        get
        {
            Read();
            return _text.Span;
        }
    }

    internal int ValueBytes
    {
        get
        {
            Read();
            return _text.ValueBytes;
        }
    }

    /// <summary>The texts of the arguments in lower case.</summary>
    internal ReadOnlySpan<byte> Folded
    {
        get
        {
            if (!_hasFolded)
            {
                _folded.Set(Text);
                _hasFolded = true;
            }

            return _folded.Span;
        }
    }

    /// <summary>Tags of the stored memories that the deed names.</summary>
    internal IReadOnlyList<string> TargetTags => Deed.TargetTags;

    /// <summary>Whether one of the detectors finds something.</summary>
    internal bool Holds(Detect kinds) =>
        ((kinds & Detect.Secrets) != 0 && Find(Detect.Secrets)) || ((kinds & Detect.Instructions) != 0 && Find(Detect.Instructions));

    /// <summary>The first that a detector found; null when it found nothing, or was not asked.</summary>
    internal Sighting? Found(Detect kind) => (_found & kind) == 0 ? null : kind == Detect.Secrets ? _secret : _instruction;

    private bool Find(Detect kind)
    {
        if ((_looked & kind) == 0)
        {
            _looked |= kind;
            bool isFound = kind == Detect.Secrets ? SecretDetector.TryFind(Text, out _secret) : InstructionDetector.TryFind(Text, out _instruction);
            _found |= isFound ? kind : Detect.None;
        }

        return (_found & kind) != 0;
    }

    private void Read()
    {
        if (!_hasText)
        {
            _text.Set(Deed.Arguments.Span);
            _hasText = true;
        }
    }
}
