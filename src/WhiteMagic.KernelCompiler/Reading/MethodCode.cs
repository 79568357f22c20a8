using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>A method's instructions, cut into blocks. The subset check and the lowering both read this.</summary>
internal sealed class MethodCode
{
    private readonly List<IlInstruction> _instructions;
    private readonly Dictionary<int, int> _indexOf = [];
    private readonly HashSet<int> _leaders = [0];

    private MethodCode(MethodBase method, MethodBody body)
    {
        Method = method;
        Body = body;
        Signature = TypeNames.Of(method);
        _instructions = IlDecoder.Decode(body.GetILAsByteArray());
        for (int i = 0; i < _instructions.Count; i++)
        {
            _indexOf[_instructions[i].OffsetBytes] = i;
        }

        foreach (IlInstruction instruction in _instructions)
        {
            MarkLeaders(instruction);
        }
    }

    internal MethodBase Method { get; }

    internal MethodBody Body { get; }

    internal string Signature { get; }

    /// <exception cref="CompilationException">There is no body, or it is not IL.</exception>
    internal static MethodCode Read(MethodBase method)
    {
        MethodBody body = method.GetMethodBody() ?? throw new CompilationException(Rules.NoBody, TypeNames.Of(method));
        var code = new MethodCode(method, body);
        return code._instructions.Count > 0 ? code : throw new CompilationException(Rules.InvalidIl, "the method is empty");
    }

    internal bool StartsBlock(int offsetBytes) => _leaders.Contains(offsetBytes);

    /// <summary>The instructions from an offset to the end of its block.</summary>
    internal IEnumerable<IlInstruction> Block(int offsetBytes)
    {
        for (int i = _indexOf[offsetBytes]; i < _instructions.Count; i++)
        {
            yield return _instructions[i];
            if (_instructions[i].EndsBlock || StartsBlock(_instructions[i].NextBytes))
            {
                yield break;
            }
        }
    }

    /// <summary>Whether the way from an offset leads straight to a throw.</summary>
    internal bool EndsInThrow(int offsetBytes) => Block(offsetBytes).Last().Code is ILOpCode.Throw or ILOpCode.Rethrow;

    private void MarkLeaders(IlInstruction instruction)
    {
        if (instruction.Code.IsBranch())
        {
            Mark(instruction, instruction.Int32);
        }

        foreach (int target in instruction.Targets)
        {
            Mark(instruction, target);
        }

        if (instruction.EndsBlock && instruction.NextBytes <= _instructions[^1].OffsetBytes)
        {
            _leaders.Add(instruction.NextBytes);
        }
    }

    private void Mark(IlInstruction from, int target)
    {
        if (!_indexOf.ContainsKey(target))
        {
            throw new CompilationException(Rules.InvalidIl, $"the branch at IL_{from.OffsetBytes:x4} goes to no instruction");
        }

        _leaders.Add(target);
    }
}
