using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>
/// One step of a function, with at most one result. A value that is stored in a place of another integer kind is cut or extended to it.
/// Each block ends in exactly one of <see cref="Jump"/>, <see cref="Branch"/>, <see cref="Switch"/>, <see cref="Return"/> and <see cref="Trap"/>.
/// </summary>
internal abstract record IrInstruction
{
    internal sealed record Copy(IrLocal Result, IrOperand Value) : IrInstruction;

    internal sealed record Zero(IrLocal Result) : IrInstruction;

    internal sealed record Binary(IrLocal Result, IrBinary Operation, IrOperand Left, IrOperand Right) : IrInstruction;

    internal sealed record Unary(IrLocal Result, IrUnary Operation, IrOperand Value) : IrInstruction;

    internal sealed record Compare(IrLocal Result, IrCompare Operation, IrOperand Left, IrOperand Right) : IrInstruction;

    /// <summary>To <paramref name="Target"/>, and from there to the stack's kind.</summary>
    internal sealed record Convert(IrLocal Result, IrKind Target, IrConversion Mode, IrOperand Value) : IrInstruction;

    /// <summary>Address plus or minus a number of bytes.</summary>
    internal sealed record Offset(IrLocal Result, IrOperand Address, IrOperand Bytes, bool IsBackward) : IrInstruction;

    /// <summary>Reads memory; no alignment is demanded.</summary>
    internal sealed record Load(IrLocal Result, IrType Type, IrOperand Address) : IrInstruction;

    /// <summary>Writes memory; no alignment is demanded.</summary>
    internal sealed record Store(IrType Type, IrOperand Address, IrOperand Value) : IrInstruction;

    internal sealed record AddressOfLocal(IrLocal Result, IrLocal Local) : IrInstruction;

    internal sealed record AddressOfGlobal(IrLocal Result, IrGlobal Global) : IrInstruction;

    internal sealed record AddressOfFunction(IrLocal Result, IrFunction Function) : IrInstruction;

    internal sealed record AddressOfField(IrLocal Result, IrOperand Address, IrStruct Struct, IrField Field) : IrInstruction;

    internal sealed record FieldOfValue(IrLocal Result, IrLocal Value, IrField Field) : IrInstruction;

    /// <summary>Memory that lives as long as the call, aligned to 16 bytes.</summary>
    internal sealed record Allocate(IrLocal Result, IrOperand Bytes, bool IsZeroed) : IrInstruction;

    /// <summary>Copies as if through a buffer: the ranges may overlap.</summary>
    internal sealed record CopyMemory(IrOperand Target, IrOperand Source, IrOperand Bytes) : IrInstruction;

    internal sealed record FillMemory(IrOperand Target, IrOperand Value, IrOperand Bytes) : IrInstruction;

    internal sealed record Call(IrLocal? Result, IrFunction Function, IReadOnlyList<IrOperand> Arguments) : IrInstruction;

    internal sealed record CallPointer(IrLocal? Result, IrSignature Signature, IrOperand Pointer, IReadOnlyList<IrOperand> Arguments) : IrInstruction;

    /// <summary>Calls a function that every back end provides; Runtime/ defines them for C.</summary>
    internal sealed record CallRuntime(IrLocal? Result, string Function, IReadOnlyList<IrOperand> Arguments) : IrInstruction;

    internal sealed record Jump(IrBlock Target) : IrInstruction;

    internal sealed record Branch(IrOperand Condition, IrBlock Then, IrBlock Else) : IrInstruction;

    /// <summary>To the block at the index taken as unsigned, or else to <paramref name="Default"/>.</summary>
    internal sealed record Switch(IrOperand Index, IReadOnlyList<IrBlock> Targets, IrBlock Default) : IrInstruction;

    internal sealed record Return(IrOperand? Value) : IrInstruction;

    internal sealed record Trap : IrInstruction;
}
