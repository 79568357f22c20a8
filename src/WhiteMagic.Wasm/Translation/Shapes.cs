using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Validation;

namespace WhiteMagic.Wasm.Translation;

/// <summary>What the operands of each operation are.</summary>
internal static class Shapes
{
    /// <summary>How far the comparisons with an immediate are from those of two slots, by type.</summary>
    internal const int Comparisons = 10;

    /// <summary>Whether operand A is the slot that the result is written to, and nothing else.</summary>
    internal static bool WritesA(Op op) => op switch
    {
        Op.Move or Op.Const32 or Op.Const64 or Op.GlobalGet or Op.GlobalGetCell or Op.Select or Op.TableGet or Op.TableSize or Op.TableGrow or Op.RefFunc or Op.I32AddWide => true,
        < Op.I32Load => false,
        <= Op.I64Load32U => true,
        < Op.MemorySize => false,
        <= Op.I64TruncSatF64U => true,
        >= Op.I32LoadWide and <= Op.I64Load32UWide => true,
        >= Op.I32AddImmediate and < Op.BranchI32Eq or >= Op.I32LoadSum and <= Op.I64Load32USum or >= Op.I32AddShl and <= Op.I32XorRotl => true,
        _ => false,
    };

    /// <summary>Whether slot A is read.</summary>
    internal static bool ReadsA(Op op) => op is >= Op.BranchIf and <= Op.BranchTable or Op.ReturnOne or Op.GlobalSet or Op.GlobalSetCell or Op.TableSet or >= Op.TableFill and <= Op.TableInit
        or >= Op.MemoryInit and <= Op.MemoryFill and not Op.DataDrop or >= Op.I32Store and <= Op.I64Store32 or >= Op.I32StoreWide and <= Op.I64Store32Wide or >= Op.I32StoreSum and <= Op.I64Store32Sum
        || IsBranchOnNumber(op);

    /// <summary>Whether slot B is read.</summary>
    internal static bool ReadsB(Op op) => op is Op.Move or Op.MoveTwo or Op.I32AddWide or Op.CallIndirect or Op.Select or >= Op.TableGet and <= Op.TableInit and not Op.TableSize or >= Op.MemoryInit and <= Op.MemoryFill and not Op.DataDrop
        or >= Op.I32Load and <= Op.I64Store32 || (op >= Op.MemoryGrow && !IsBranchOnNumber(op));

    /// <summary>Whether slot C is read.</summary>
    internal static bool ReadsC(Op op) => op switch
    {
        Op.Select or >= Op.TableGrow and <= Op.TableInit => true,
        Op.MemoryInit or Op.MemoryCopy or Op.MemoryFill => true,
        >= Op.I32Eqz and <= Op.I64Extend32S => NumericSignatures.Of((Opcode)op).Arity == 2,
        >= Op.I32AddShl => op <= Op.I32XorRotl,
        >= Op.AddBranchBackI32Eq => false,
        >= Op.I32LoadSum => true,
        >= Op.BranchI32Eq => !IsBranchOnNumber(op),
        _ => false,
    };

    /// <summary>Words of an operation; a branch table has one for each target besides.</summary>
    internal static int Words(Op op) => op switch
    {
        Op.JumpBack or Op.BranchIfBack or Op.BranchIfZeroBack or Op.Const64 or Op.CallIndirect or Op.GlobalGetCell or Op.GlobalSetCell or Op.Select or Op.MoveTwo or Op.I32AddWide => 2,
        >= Op.TableGrow and <= Op.MemoryInit and not Op.ElementDrop => 2,
        >= Op.I32LoadWide and <= Op.I64Store32Wide or >= Op.BranchI32Eq and < Op.I32LoadSum => 2,
        Op.I32Load8UWideThenEq or Op.I32Load8UWideThenNe => 2,
        >= Op.I32AddShl and <= Op.I32XorRotl => 2,
        >= Op.I32Load8UThenEq => 1,
        >= Op.AddBranchBackI32Eq => 3,
        _ => 1,
    };

    /// <summary>Whether it compares slot A with the number in B and C, and branches.</summary>
    private static bool IsBranchOnNumber(Op op) => op is >= Op.BranchI32Eq and < Op.I32LoadSum && ((op - Op.BranchI32Eq) / (2 * Comparisons) & 1) == 1;

    /// <summary>The operation that goes on to a branch on whether a slot is, or is not, a number, without looking what it is; the operation itself where there is none.</summary>
    internal static Op Before(Op op, bool isEqual)
    {
        Op first = op switch
        {
            Op.I32Load8U => Op.I32Load8UThenEq,
            Op.I32Load8UWide => Op.I32Load8UWideThenEq,
            Op.Move => Op.MoveThenEq,
            _ => op,
        };
        return first == op || isEqual ? first : first + 1;
    }

    /// <summary>The comparison that is true where this one is false; comparisons are in the specification's order.</summary>
    internal static int Opposite(int comparison) => comparison switch
    {
        0 => 1,
        1 => 0,
        2 or 3 => comparison + 6,
        4 or 5 => comparison + 2,
        6 or 7 => comparison - 2,
        _ => comparison - 6,
    };

    /// <summary>The comparison of the same operands the other way round.</summary>
    internal static int Mirrored(int comparison) => comparison switch
    {
        < 2 => comparison,
        2 or 3 or 6 or 7 => comparison + 2,
        _ => comparison - 2,
    };
}
