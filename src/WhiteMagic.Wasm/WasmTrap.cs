namespace WhiteMagic.Wasm;

/// <summary>How a call ended. All but <see cref="None"/> and the host's own are named as in the specification and its tests.</summary>
public enum WasmTrap
{
    /// <summary>It returned.</summary>
    None,

    /// <summary>It came to an unreachable instruction.</summary>
    Unreachable,

    /// <summary>An integer was divided by zero.</summary>
    IntegerDivideByZero,

    /// <summary>A quotient or truncated number is no integer of its type.</summary>
    IntegerOverflow,

    /// <summary>What is not a number was to become an integer.</summary>
    InvalidConversionToInteger,

    /// <summary>Memory, or a segment of data, was reached beyond its end.</summary>
    OutOfBoundsMemoryAccess,

    /// <summary>A table, or a segment of elements, was reached beyond its end.</summary>
    OutOfBoundsTableAccess,

    /// <summary>A call went to an element beyond the table's end.</summary>
    UndefinedElement,

    /// <summary>A call went to an element that is null.</summary>
    UninitializedElement,

    /// <summary>A call went to a function of another type.</summary>
    IndirectCallTypeMismatch,

    /// <summary>Calls were nested deeper than <see cref="ExecutionLimits.CallDepth"/> or needed more than <see cref="ExecutionLimits.StackSlots"/>.</summary>
    CallStackExhausted,

    /// <summary>It needed more than <see cref="ExecutionLimits.Fuel"/>.</summary>
    OutOfFuel,

    /// <summary>It took longer than <see cref="ExecutionLimits.Deadline"/>.</summary>
    DeadlineExceeded,

    /// <summary>Its token was cancelled.</summary>
    Cancelled,
}

/// <summary>The names of traps, as the specification's tests have them.</summary>
public static class WasmTraps
{
    private static readonly string[] _names =
    [
        "none", "unreachable", "integer divide by zero", "integer overflow", "invalid conversion to integer", "out of bounds memory access", "out of bounds table access",
        "undefined element", "uninitialized element", "indirect call type mismatch", "call stack exhausted", "out of fuel", "deadline exceeded", "cancelled",
    ];

    /// <summary>The name of a trap; programs compiled ahead of time may have none for enumerations.</summary>
    public static string NameOf(WasmTrap trap) => (uint)trap < (uint)_names.Length ? _names[(int)trap] : "unknown";
}
