using System.Collections.Generic;
using System.Globalization;

namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>The steps of a pattern, as in Thompson's construction (Communications of the ACM, 1968).</summary>
internal sealed class PatternProgram
{
    /// <summary>A pattern may have this many steps when its repetitions are written out.</summary>
    internal const int MostSteps = 1000;

    private readonly List<Step> _steps = [];

    private PatternProgram()
    {
    }

    internal int Count => _steps.Count;

    internal Step this[int index] => _steps[index];

    internal static PatternProgram Of(PatternNode node)
    {
        var program = new PatternProgram();
        program.Emit(node);
        program.Add(new Step(StepKind.Match));
        return program;
    }

    private void Emit(PatternNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Bytes:
                Add(new Step(StepKind.Bytes) { Set = node.Set });
                break;
            case NodeKind.Sequence:
                foreach (PatternNode child in node.Children)
                {
                    Emit(child);
                }

                break;
            case NodeKind.Choice:
                EmitChoice(node);
                break;
            case NodeKind.Repeat:
                EmitRepeat(node);
                break;
            default:
                Add(new Step(StepKind.Assert) { Assertion = node.Kind });
                break;
        }
    }

    private void EmitChoice(PatternNode node)
    {
        var ends = new List<Step>();
        for (int i = 0; i < node.Children.Count; i++)
        {
            if (i == node.Children.Count - 1)
            {
                Emit(node.Children[i]);
                break;
            }

            Step fork = Add(new Step(StepKind.Fork));
            fork.First = Count;
            Emit(node.Children[i]);
            ends.Add(Add(new Step(StepKind.Fork)));
            fork.Second = Count;
        }

        foreach (Step end in ends)
        {
            end.First = Count;
            end.Second = Count;
        }
    }

    private void EmitRepeat(PatternNode node)
    {
        PatternNode child = node.Children[0];
        for (int i = 0; i < node.Least; i++)
        {
            Emit(child);
        }

        if (node.Most == PatternNode.Unlimited)
        {
            Step fork = Add(new Step(StepKind.Fork));
            int start = Count - 1;
            fork.First = Count;
            Emit(child);
            Step back = Add(new Step(StepKind.Fork));
            back.First = start;
            back.Second = start;
            fork.Second = Count;
            return;
        }

        var exits = new List<Step>();
        for (int i = node.Least; i < node.Most; i++)
        {
            Step fork = Add(new Step(StepKind.Fork));
            fork.First = Count;
            exits.Add(fork);
            Emit(child);
        }

        foreach (Step exit in exits)
        {
            exit.Second = Count;
        }
    }

    private Step Add(Step step)
    {
        if (_steps.Count == MostSteps)
        {
            throw new PatternException(0, string.Create(CultureInfo.InvariantCulture, $"the pattern has more than {MostSteps} steps when its repetitions are written out"));
        }

        _steps.Add(step);
        return step;
    }
}

/// <summary>What a step does.</summary>
internal enum StepKind
{
    /// <summary>Takes one byte of its set and goes on with the next step.</summary>
    Bytes,

    /// <summary>Goes on at two places at once.</summary>
    Fork,

    /// <summary>Goes on with the next step where its condition holds.</summary>
    Assert,

    /// <summary>The pattern has matched.</summary>
    Match,
}

/// <summary>One step of a pattern.</summary>
internal sealed class Step(StepKind kind)
{
    internal StepKind Kind { get; } = kind;

    internal ByteSet? Set { get; init; }

    internal NodeKind Assertion { get; init; }

    internal int First { get; set; }

    internal int Second { get; set; }
}
