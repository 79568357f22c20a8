using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Wasm.Translation;

/// <summary>Register code as it grows.</summary>
internal sealed class CodeBuffer
{
    private Instruction[] _words = new Instruction[1024];

    internal int Count { get; private set; }

    /// <summary>The first word of the latest instruction, when nothing branches to between it and what comes; else -1.</summary>
    internal int Latest { get; private set; } = -1;

    // The same of the instruction before it.
    private int _previous = -1;

    internal ref Instruction this[int word] => ref _words[word];

    internal void Add(Instruction instruction)
    {
        _previous = Latest;
        Latest = Count;
        AddWord(instruction);
    }

    internal void Add(Instruction instruction, int first, int second)
    {
        Add(instruction);
        AddWord(Pair(first, second));
    }

    internal void Add(Instruction instruction, long number) => Add(instruction, (int)number, (int)(number >> 32));

    /// <summary>Two moves, one after the other, are one instruction.</summary>
    internal void AddMove(int to, int from)
    {
        if (Latest >= 0 && _words[Latest].Op == Op.Move)
        {
            _words[Latest].Op = Op.MoveTwo;
            AddWord(new Instruction(Op.Move, to, from));
        }
        else
        {
            Add(new Instruction(Op.Move, to, from));
        }
    }

    internal void AddWord(Instruction word)
    {
        if (Count == _words.Length)
        {
            Array.Resize(ref _words, Count * 2);
        }

        _words[Count++] = word;
    }

    internal void AddNumber(int number) => AddWord(Pair(number, 0));

    /// <summary>Writes an instruction of two words over others.</summary>
    internal void SetAt(int word, Instruction instruction, long number)
    {
        _words[word] = instruction;
        _words[word + 1] = Pair((int)number, (int)(number >> 32));
    }

    /// <summary>Takes the latest instruction back.</summary>
    internal Instruction TakeBack()
    {
        Instruction taken = _words[Latest];
        Count = Latest;
        Latest = _previous;
        _previous = -1;
        return taken;
    }

    /// <summary>A branch may come here: what is before is not to be changed any more.</summary>
    internal void Mark() => Latest = _previous = -1;

    /// <summary>A field for a number, by its place among all halves of words.</summary>
    internal ref int Number(int half) => ref MemoryMarshal.Cast<Instruction, int>(_words.AsSpan())[half];

    /// <summary>Lets a chain of branches go to a word, at a cost where they have a field for it.</summary>
    internal void Bind(int chain, int target, int cost)
    {
        while (chain >= 0)
        {
            ref int distance = ref Number(chain);
            int next = distance;

            // A distance in a word of its own counts from the word before, where the instruction is.
            bool isAlone = (chain & 1) == 0;
            distance = target - (chain / 2) + (isAlone ? 1 : 0);
            if (isAlone)
            {
                Number(chain + 1) = cost;
            }

            chain = next;
        }
    }

    internal Instruction[] ToPinned()
    {
        Instruction[] pinned = GC.AllocateUninitializedArray<Instruction>(Count, pinned: true);
        _words.AsSpan(0, Count).CopyTo(pinned);
        return pinned;
    }

    private static Instruction Pair(int first, int second) => Instruction.WithNumber((Op)(ushort)first, first >>> 16, second);
}
