using System;
using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>Every rule there is. docs/kernel-subset.md shows the same table; a number is never used again.</summary>
internal static class Rules
{
    internal static readonly Rule Class = new(
        "WMC0001",
        "an object is made on the heap",
        "A module has no garbage collector.",
        "Make it a struct, or put the data in memory that the caller owns.");

    internal static readonly Rule Array = new(
        "WMC0002",
        "an array is used",
        "Arrays live on the garbage collector's heap.",
        "Use stackalloc, an InlineArray, a span over memory of the caller, or `static ReadOnlySpan<int> Table => [1, 2, 3];` for constants.");

    internal static readonly Rule String = new(
        "WMC0003",
        "a string is used",
        "Strings live on the garbage collector's heap. Only in front of a throw are they allowed, because there everything becomes a trap.",
        "Use UTF-8 bytes: `\"text\"u8`.");

    internal static readonly Rule Delegate = new(
        "WMC0004",
        "a delegate or lambda is used",
        "A delegate is an object with a target.",
        "Use a function pointer (`delegate*<int, int>`) or a struct that implements an interface as a type argument.");

    internal static readonly Rule Boxing = new(
        "WMC0005",
        "a value is boxed",
        "A boxed value is an object on the heap.",
        "Call the struct's own method, or constrain the type argument to the interface.");

    internal static readonly Rule VirtualCall = new(
        "WMC0006",
        "a method is called through a reference",
        "Without objects there are no virtual methods; which code runs must be known when the module is built.",
        "Give the implementation as a struct type argument: `static int Run<T>(T op) where T : struct, IOp`.");

    internal static readonly Rule ExceptionHandling = new(
        "WMC0007",
        "try, catch, finally or a using over a finally is there",
        "A throw is a trap in WebAssembly: it ends the call, and nothing can catch it.",
        "Return an error code. Bad input is tested for in front of the work, not caught behind it.");

    internal static readonly Rule StateMachine = new(
        "WMC0008",
        "an iterator or async method is called",
        "The compiler makes a class of it.",
        "Write the loop, or a struct enumerator with MoveNext and Current.");

    internal static readonly Rule NoBody = new(
        "WMC0009",
        "the method has no IL body, and is not one that the compiler knows",
        "P/Invoke and the runtime's internal calls lead out of the module, which imports nothing.",
        "Write it in C#, or use one of the methods in the list of intrinsics.");

    internal static readonly Rule Environment = new(
        "WMC0010",
        "the clock, randomness, the environment, input or output is used",
        "A module computes from its arguments and memory only; it has no imports.",
        "Let the caller pass the value in.");

    internal static readonly Rule Transcendental = new(
        "WMC0011",
        "a function of Math that differs from platform to platform is used",
        "Sin, Exp, Log, Pow and the like give other last bits in another C library: native and WASM results would differ.",
        "Write the function from a published method, and use it natively too.");

    internal static readonly Rule FusedMultiplyAdd = new(
        "WMC0012",
        "a fused multiply-add is used",
        "WebAssembly has none that rounds the same everywhere.",
        "Write `a * b + c`.");

    internal static readonly Rule HashCode = new(
        "WMC0013",
        "HashCode is used",
        "Its seed is random for each process.",
        "Write a hash of your own with a fixed seed.");

    internal static readonly Rule TypedReference = new(
        "WMC0014",
        "a typed reference or variable argument list is used",
        "Both carry types at run time.",
        "Use a generic method.");

    internal static readonly Rule Reflection = new(
        "WMC0015",
        "reflection, dynamic or a type at run time is used",
        "A module holds code and memory, and no metadata. Only comparisons of typeof are known when the module is built.",
        "Use a generic method with a struct type argument.");

    internal static readonly Rule DefaultMember = new(
        "WMC0016",
        "a default method of an interface is called",
        "It is called through a boxed value.",
        "Implement the method in the struct.");

    internal static readonly Rule Reference = new(
        "WMC0017",
        "a class, interface or other reference is a field, local, parameter or result",
        "References point into the garbage collector's heap.",
        "Use structs, pointers, refs and spans.");

    internal static readonly Rule ExportSignature = new(
        "WMC0018",
        "an export's signature is not one that a host can call",
        "A host passes numbers: int, uint, long, ulong, float, double and pointers.",
        "Pass a pointer and a length; return a count, an error code or a pointer. The method is static and not generic.");

    internal static readonly Rule ExportName = new(
        "WMC0019",
        "an export's name is not usable",
        "Names are unique within a module, are made of letters, digits and underscores, and `memory`, `wm_alloc` and `wm_reset` are taken.",
        "Choose another name.");

    internal static readonly Rule StaticField = new(
        "WMC0020",
        "a static field cannot be had",
        "Its value is found by running the static constructor when the module is built: numbers and structs of numbers, and zero for everything else.",
        "Use a number, a struct of numbers, or a ReadOnlySpan property for a table. [ThreadStatic] is not allowed.");

    internal static readonly Rule Vector = new(
        "WMC0021",
        "a vector operation or vector type is not in the list",
        "Vector128 of the ten number types has the operations of Lowering/VectorIntrinsics.cs; other widths have no counterpart in WebAssembly.",
        "Compose it of operations that are in the list, or test IsHardwareAccelerated of the wider type first: that is false.");

    internal static readonly Rule InvalidIl = new(
        "WMC0022",
        "the IL is not valid or has an instruction outside the subset",
        "The method's bytes do not make sense to the compiler.",
        "Compile the project anew with the C# compiler in Release. If it is the compiler's fault, file an issue with the method.");

    internal static readonly Rule Layout = new(
        "WMC0023",
        "a struct's layout cannot be kept",
        "Its size in WebAssembly would differ from .NET's.",
        "Give it [StructLayout(LayoutKind.Sequential)] or explicit offsets.");

    internal static readonly Rule FunctionPointer = new(
        "WMC0024",
        "a function pointer has another calling convention than managed static",
        "All that a module can point to are its own static methods.",
        "Use `delegate*<...>` and `&Method` of a static method.");

    internal static readonly Rule RuntimeFunction = new(
        "WMC0025",
        "a [WasmRuntime] name is not a function of the runtime with this signature",
        "The runtime has wm_alloc (pointer from uint), wm_free (pointer) and wm_is_inside (bool from pointer and uint).",
        "Use one of these.");

    internal static readonly Rule ModuleDeclaration = new(
        "WMC0026",
        "a module is not declared as it should be",
        "`[assembly: WasmModule(\"name\", typeof(Exports))]` names a file and the classes whose exports it has.",
        "Correct the attribute: names are made of letters, digits and underscores, are unique, and each class has at least one export.");

    internal static readonly Rule Assembly = new(
        "WMC0027",
        "the assembly cannot be read",
        "It is missing, is no .NET assembly, or refers to something that is not there.",
        "Give the path of the compiled .dll, with what it refers to beside it.");

    internal static readonly Rule TooLarge = new(
        "WMC0028",
        "the module is too large or refers to itself without end",
        "A generic method that calls itself with an ever larger type argument makes code without end.",
        "Break the recursion.");

    internal static readonly Rule NoToolchain = new(
        "WMC0029",
        "clang and wasm-ld were not found",
        "They make the machine code.",
        "Install clang-19 and lld-19, or `npm install @yowasp/clang` and give its node_modules by --toolchain or WM_YOWASP.");

    internal static readonly Rule Toolchain = new(
        "WMC0030",
        "the C toolchain failed",
        "clang or wasm-ld did not accept what was made for it, or the module is not what was asked for.",
        "Look at the C with --keep-c, and file an issue.");

    internal static readonly Rule Unexpected = new(
        "WMC0031",
        "the compiler met something that it did not expect",
        "The assembly is damaged in a way that nobody looked for, or the compiler has a defect.",
        "Compile the project anew. If the message stays, file an issue with the assembly.");

    internal static readonly IReadOnlyList<Rule> All =
    [
        Class, Array, String, Delegate, Boxing, VirtualCall, ExceptionHandling, StateMachine, NoBody, Environment, Transcendental,
        FusedMultiplyAdd, HashCode, TypedReference, Reflection, DefaultMember, Reference, ExportSignature, ExportName, StaticField, Vector,
        InvalidIl, Layout, FunctionPointer, RuntimeFunction, ModuleDeclaration, Assembly, TooLarge, NoToolchain, Toolchain, Unexpected,
    ];

    internal static Rule? Find(string id) => All.FirstOrDefault(r => r.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
