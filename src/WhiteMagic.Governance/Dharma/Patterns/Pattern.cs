using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>
/// A pattern that is looked for anywhere in a folded text. Problem: rules are made by people and texts by strangers, and a matcher that goes
/// back can take exponential time. Idea: a deterministic automaton that is made while it runs, each state a set of steps (Thompson, 1968), so
/// that a byte of text costs one look-up; states are thrown away when there are too many, and then a byte costs one pass over the steps.
/// </summary>
public sealed class Pattern
{
    private const int MostStates = 512;
    private const int MostChars = 1000;

    private readonly object _gate = new();
    private readonly PatternProgram _program;
    private readonly byte[] _classOf = new byte[256];
    private readonly byte[] _sampleOf;
    private readonly int _endClass;
    private readonly Dictionary<string, State> _states = [];
    private readonly char[] _key;
    private readonly int[] _pending;
    private readonly bool[] _isReached;
    private readonly bool[] _isKept;
    private State _start;

    private Pattern(string text, PatternProgram program, IReadOnlyList<byte[]>? literals)
    {
        Text = text;
        Literals = literals;
        _program = program;
        _sampleOf = Classify(program, _classOf);
        _endClass = _sampleOf.Length;
        _key = new char[program.Count + 1];
        _pending = new int[program.Count * 2];
        _isReached = new bool[program.Count];
        _isKept = new bool[program.Count];
        _start = StateOf(Edge.Line);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Folded texts, one of which every match holds; null when none is known.</summary>
    public IReadOnlyList<byte[]>? Literals { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PatternException">It is not in the language of patterns, or too large.</exception>
    public static Pattern Parse(string text)
    {
        if (text.Length is 0 or > MostChars)
        {
            throw new PatternException(0, "a pattern has 1 to 1000 characters");
        }

        PatternNode node = PatternParser.Parse(text);
        return new Pattern(text, PatternProgram.Of(node), RequiredLiterals.Of(node));
    }

    /// <summary>Whether it matches anywhere in a text of folded UTF-8 (<see cref="FoldedText"/>).</summary>
    public bool IsMatch(ReadOnlySpan<byte> folded)
    {
        lock (_gate)
        {
            State state = _start;
            foreach (byte b in folded)
            {
                int c = _classOf[b];
                state = state.Next[c] ?? Build(state, c);
                if (state.IsMatch)
                {
                    return true;
                }
            }

            return (state.Next[_endClass] ?? Build(state, _endClass)).IsMatch;
        }
    }

    // Bytes that no step tells apart are one class.
    private static byte[] Classify(PatternProgram program, byte[] classOf)
    {
        var samples = new List<byte>();
        for (int b = 0; b < 256; b++)
        {
            int found = -1;
            for (int c = 0; c < samples.Count && found < 0; c++)
            {
                found = AreAlike(program, b, samples[c]) ? c : -1;
            }

            if (found < 0)
            {
                found = samples.Count;
                samples.Add((byte)b);
            }

            classOf[b] = (byte)found;
        }

        return samples.ToArray();
    }

    private static bool AreAlike(PatternProgram program, int a, int b)
    {
        if (EdgeOf(a) != EdgeOf(b))
        {
            return false;
        }

        for (int i = 0; i < program.Count; i++)
        {
            if (program[i].Set is { } set && set.Contains(a) != set.Contains(b))
            {
                return false;
            }
        }

        return true;
    }

    private static Edge EdgeOf(int b) => b == '\n' ? Edge.Line
        : b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) || b == '_' ? Edge.Word
        : Edge.Other;

    // Follows a state over one class of bytes, or over the end of the text.
    private State Build(State from, int byteClass)
    {
        bool isEnd = byteClass == _endClass;
        Edge next = isEnd ? Edge.Line : EdgeOf(_sampleOf[byteClass]);
        Array.Clear(_isReached);
        Array.Clear(_isKept);
        int count = 0;

        // A match may begin anywhere, so the first step is always among those to be tried.
        Push(0, ref count);
        foreach (char step in from.Steps)
        {
            Push(step, ref count);
        }

        bool isMatch = false;
        while (count > 0)
        {
            int index = _pending[--count];
            Step step = _program[index];
            switch (step.Kind)
            {
                case StepKind.Match:
                    isMatch = true;
                    break;
                case StepKind.Fork:
                    Push(step.First, ref count);
                    Push(step.Second, ref count);
                    break;
                case StepKind.Assert when Holds(step.Assertion, from.Before, next):
                    Push(index + 1, ref count);
                    break;
                case StepKind.Bytes when !isEnd && step.Set!.Contains(_sampleOf[byteClass]):
                    _isKept[index + 1] = true;
                    break;
            }
        }

        State to = isMatch ? State.Matched : StateOf(next);
        from.Next[byteClass] = to;
        return to;
    }

    private void Push(int index, ref int count)
    {
        if (!_isReached[index])
        {
            _isReached[index] = true;
            _pending[count++] = index;
        }
    }

    // The state of the steps that are kept.
    private State StateOf(Edge before)
    {
        int length = 0;
        for (int i = 0; i < _isKept.Length; i++)
        {
            if (_isKept[i])
            {
                _key[length++] = (char)i;
            }
        }

        string steps = new(_key, 0, length);
        _key[length] = (char)before;
        string key = new(_key, 0, length + 1);
        if (!_states.TryGetValue(key, out State? state))
        {
            if (_states.Count == MostStates)
            {
                _states.Clear();
                _start = new State("", Edge.Line, _endClass + 1);
            }

            state = new State(steps, before, _endClass + 1);
            _states.Add(key, state);
        }

        return state;
    }

    private static bool Holds(NodeKind assertion, Edge before, Edge next) => assertion switch
    {
        NodeKind.LineStart => before == Edge.Line,
        NodeKind.LineEnd => next == Edge.Line,
        NodeKind.WordEdge => (before == Edge.Word) != (next == Edge.Word),
        _ => (before == Edge.Word) == (next == Edge.Word),
    };

    /// <summary>What stands beside a place in the text, as far as anchors care; the ends of the text are ends of a line.</summary>
    private enum Edge
    {
        Line,
        Word,
        Other,
    }

    private sealed class State(string steps, Edge before, int classCount)
    {
        internal static readonly State Matched = new("", Edge.Line, 0);

        internal string Steps { get; } = steps;

        internal Edge Before { get; } = before;

        internal State?[] Next { get; } = new State?[classCount];

        internal bool IsMatch => ReferenceEquals(this, Matched);
    }
}
