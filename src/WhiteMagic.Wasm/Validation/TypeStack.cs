using System;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Validation;

/// <summary>
/// The types of operands, and the blocks that are open, while a body is validated: the algorithm of the specification's appendix. False means that
/// the types do not match.
/// </summary>
internal sealed class TypeStack
{
    /// <summary>Whatever is asked for: what code that is never reached takes from the stack.</summary>
    internal const WasmType Any = 0;

    private WasmType[] _operands = new WasmType[64];
    private ControlFrame[] _frames = new ControlFrame[16];
    private int _operandCount;

    /// <summary>Blocks that are open.</summary>
    internal int Depth { get; private set; }

    internal void Clear() => (_operandCount, Depth) = (0, 0);

    internal void Push(WasmType type)
    {
        if (_operandCount == _operands.Length)
        {
            Array.Resize(ref _operands, _operandCount * 2);
        }

        _operands[_operandCount++] = type;
    }

    internal void Push(ReadOnlySpan<WasmType> types)
    {
        int after = _operandCount + types.Length;
        if (after > _operands.Length)
        {
            Array.Resize(ref _operands, Math.Max(after, _operands.Length * 2));
        }

        types.CopyTo(_operands.AsSpan(_operandCount));
        _operandCount = after;
    }

    /// <summary>Takes an operand of any type.</summary>
    internal bool TryPop(out WasmType type)
    {
        ref ControlFrame frame = ref _frames[Depth - 1];
        if (_operandCount == frame.Height)
        {
            type = Any;
            return frame.IsUnreachable;
        }

        type = _operands[--_operandCount];
        return true;
    }

    internal bool TryPop(WasmType wanted) => TryPop(out WasmType type) && (type == wanted || type == Any || wanted == Any);

    internal bool TryPop(ReadOnlySpan<WasmType> wanted)
    {
        if (HasExactlyOnTop(wanted))
        {
            _operandCount -= wanted.Length;
            return true;
        }

        ref ControlFrame frame = ref _frames[Depth - 1];
        for (int i = wanted.Length - 1; i >= 0; i--)
        {
            if (_operandCount == frame.Height)
            {
                // Where nothing is reached, the rest is whatever is asked for.
                return frame.IsUnreachable;
            }

            if (!TryPop(wanted[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the operands on top have these types; they stay.</summary>
    internal bool HasOnTop(ReadOnlySpan<WasmType> wanted)
    {
        if (HasExactlyOnTop(wanted))
        {
            return true;
        }

        ref ControlFrame frame = ref _frames[Depth - 1];
        int have = _operandCount - frame.Height;
        for (int i = 1; i <= wanted.Length; i++)
        {
            if (i > have)
            {
                return frame.IsUnreachable;
            }

            WasmType type = _operands[_operandCount - i];
            if (type != wanted[^i] && type != Any)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Opens a block whose parameters were taken.</summary>
    internal void Open(Opcode code, FunctionType type)
    {
        if (Depth == _frames.Length)
        {
            Array.Resize(ref _frames, Depth * 2);
        }

        _frames[Depth++] = new ControlFrame(code, type, _operandCount);
        Push(type.Parameters);
    }

    /// <summary>Closes the innermost block, whose results are taken.</summary>
    internal bool TryClose(out ControlFrame closed)
    {
        closed = _frames[Depth - 1];
        if (!TryPop(closed.Type.Results) || _operandCount != closed.Height)
        {
            return false;
        }

        Depth--;
        return true;
    }

    /// <summary>The block so many outside of the innermost one.</summary>
    internal ref ControlFrame Frame(int outside) => ref _frames[Depth - 1 - outside];

    /// <summary>What follows is not reached.</summary>
    internal void CutOff()
    {
        ref ControlFrame frame = ref _frames[Depth - 1];
        frame.IsUnreachable = true;
        _operandCount = frame.Height;
    }

    // Whether the operands on top have these types, and none has any: where code is reached it is always so, and seen at once for many.
    private bool HasExactlyOnTop(ReadOnlySpan<WasmType> wanted) =>
        wanted.Length <= _operandCount - _frames[Depth - 1].Height && wanted.SequenceEqual(_operands.AsSpan(_operandCount - wanted.Length, wanted.Length));
}
