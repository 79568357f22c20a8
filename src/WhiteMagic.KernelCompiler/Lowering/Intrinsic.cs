using System.Reflection;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Lowers a call of a framework method in its own way; false when it does not know this overload.</summary>
internal delegate bool Intrinsic(MethodFrame frame, MethodBase method);
