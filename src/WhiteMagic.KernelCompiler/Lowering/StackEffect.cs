using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>
/// What an instruction that was reported would have done to the evaluation stack, so that the check can go on behind it. What it would have
/// pushed is poison: whoever uses that is not reported a second time.
/// </summary>
internal static class StackEffect
{
    private static readonly Dictionary<int, OpCode> _codes = ReadTable();

    internal static void Apply(MethodFrame frame, IlInstruction instruction, StackValue[] before)
    {
        frame.Stack.Clear();
        frame.Stack.AddRange(before);
        if (instruction.EndsBlock || !TryCount(frame, instruction, out int popped, out int pushed) || popped > frame.Stack.Count)
        {
            frame.Trap();
            return;
        }

        frame.Stack.RemoveRange(frame.Stack.Count - popped, popped);
        for (int i = 0; i < pushed; i++)
        {
            frame.PushKnown(new Known.Poison());
        }
    }

    /// <summary>Whether the instruction takes something that was reported already.</summary>
    internal static bool TakesPoison(MethodFrame frame, IlInstruction instruction) =>
        frame.Stack.Exists(v => v.Known is Known.Poison)
        && TryCount(frame, instruction, out int popped, out _)
        && frame.Stack.Skip(frame.Stack.Count - popped).Any(v => v.Known is Known.Poison);

    private static bool TryCount(MethodFrame frame, IlInstruction instruction, out int popped, out int pushed)
    {
        popped = pushed = 0;
        if (instruction.Code is ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj)
        {
            return TryCountCall(frame, instruction, out popped, out pushed);
        }

        if (instruction.Code == ILOpCode.Calli || !_codes.TryGetValue((int)instruction.Code, out OpCode code))
        {
            return false;
        }

        popped = Count(code.StackBehaviourPop);
        pushed = Count(code.StackBehaviourPush);
        return true;
    }

    private static bool TryCountCall(MethodFrame frame, IlInstruction instruction, out int popped, out int pushed)
    {
        popped = pushed = 0;
        try
        {
            MethodBase method = frame.ResolveMethod(instruction.Int32);
            bool isNew = instruction.Code == ILOpCode.Newobj;
            popped = method.GetParameters().Length + (method.IsStatic || isNew ? 0 : 1);
            pushed = isNew || method is MethodInfo { ReturnType: var type } && type != typeof(void) ? 1 : 0;
            return true;
        }
        catch (CompilationException)
        {
            return false;
        }
    }

    // The names say what is popped or pushed, one word for each value: Popref_popi_popr8.
    private static int Count(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Push0 => 0,
        _ => behaviour.ToString().Split('_').Length,
    };

    private static Dictionary<int, OpCode> ReadTable()
    {
        var table = new Dictionary<int, OpCode>();
        foreach (FieldInfo field in typeof(OpCodes).GetFields())
        {
            if (field.GetValue(null) is OpCode code)
            {
                table[(ushort)code.Value] = code;
            }
        }

        return table;
    }
}
