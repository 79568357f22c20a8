using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Translation;

/// <summary>Every comparison of integers in every form that the translator makes of it, on numbers at the edges.</summary>
public sealed class ComparisonTests
{
    private const byte I32 = 0x7F;
    private const byte I64 = 0x7E;
    private const int Step = -3;

    private static readonly long[] _edges = [0, 1, -1, 3, 32_767, 32_768, -32_768, -32_769, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, long.MaxValue, long.MinValue];

    public enum Form
    {
        Value,
        If,
        Forward,
        NegatedForward,
        Back,
        BackAfterStep,
    }

    public static MatrixTheoryData<Form, bool> Forms { get; } = new(Enum.GetValues<Form>(), [false, true]);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Call_AComparison_IsTrueWhereItIs(Form form, bool is64)
    {
        // The function of comparison c, constant k and place p; the place of the constant: right, left, or in a local on either side.
        long[] edges = is64 ? _edges : [.. _edges.Select(edge => (long)(int)edge).Distinct()];
        var bodies = new List<byte[]>();
        var exports = new List<byte>();
        foreach ((int comparison, long constant, int place) in All(edges))
        {
            exports.AddRange([.. ModuleBytes.Name($"{bodies.Count}"), 0, .. ModuleBytes.Number((uint)bodies.Count)]);
            byte[] body = Body(form, is64, comparison, constant, place);
            bodies.Add([.. ModuleBytes.Number((uint)body.Length), .. body]);
        }

        byte type = is64 ? I64 : I32;
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, type, 1, I32]),
            ModuleBytes.Section(3, ModuleBytes.Repeat(bodies.Count, 0)),
            ModuleBytes.Section(7, [.. ModuleBytes.Number((uint)bodies.Count), .. exports]),
            ModuleBytes.Section(10, [.. ModuleBytes.Number((uint)bodies.Count), .. bodies.SelectMany(body => body)]))));
        int number = 0;
        ulong[] result = new ulong[1];
        foreach ((int comparison, long constant, int place) in All(edges))
        {
            WasmFunction function = instance.FindFunction($"{number++}")!;
            foreach (long value in edges)
            {
                long compared = form != Form.BackAfterStep ? value : is64 ? value + Step : (int)value + Step;
                compared = is64 ? compared : (int)compared;
                bool expected = place % 2 == 0 ? Compare(comparison, is64, compared, constant) : Compare(comparison, is64, constant, compared);
                WasmTrap trap = function.Call([is64 ? (ulong)value : (uint)value], result);
                Assert.True((trap, result[0]) == (WasmTrap.None, expected ? 1ul : 0), $"{compared} and {constant}, comparison {comparison}, place {place}: {trap}, {result[0]}");
            }
        }
    }

    private static IEnumerable<(int Comparison, long Constant, int Place)> All(long[] edges) =>
        from comparison in Enumerable.Range(0, 10) from constant in edges from place in Enumerable.Range(0, 4) select (comparison, constant, place);

    private static bool Compare(int comparison, bool is64, long left, long right)
    {
        (ulong unsignedLeft, ulong unsignedRight) = is64 ? ((ulong)left, (ulong)right) : ((uint)left, (uint)right);
        return comparison switch
        {
            0 => left == right,
            1 => left != right,
            2 => left < right,
            3 => unsignedLeft < unsignedRight,
            4 => left > right,
            5 => unsignedLeft > unsignedRight,
            6 => left <= right,
            7 => unsignedLeft <= unsignedRight,
            8 => left >= right,
            _ => unsignedLeft >= unsignedRight,
        };
    }

    // Local 0 is compared, local 1 has the constant where it is in a local, and local 2 says whether a loop has come round.
    private static byte[] Body(Form form, bool is64, int comparison, long constant, int place)
    {
        byte[] number = [is64 ? (byte)0x42 : (byte)0x41, .. ModuleBytes.Signed(constant)];
        byte[] other = place < 2 ? number : [0x20, 1];
        byte[] operands = place % 2 == 0 ? [0x20, 0, .. other] : [.. other, 0x20, 0];
        byte[] compare = [.. operands, (byte)((is64 ? 0x51 : 0x46) + comparison)];
        byte[] step = [0x20, 0, is64 ? (byte)0x42 : (byte)0x41, .. ModuleBytes.Signed(Step), is64 ? (byte)0x7C : (byte)0x6A, 0x21, 0];
        byte[] comeRound = [0x20, 2, 0x04, 0x40, 0x41, 1, 0x0F, 0x0B, 0x41, 1, 0x21, 2];
        byte[] code = form switch
        {
            Form.Value => compare,
            Form.If => [.. compare, 0x04, I32, 0x41, 1, 0x05, 0x41, 0, 0x0B],
            Form.Forward => [0x02, 0x40, .. compare, 0x0D, 0, 0x41, 0, 0x0F, 0x0B, 0x41, 1],
            Form.NegatedForward => [0x02, 0x40, .. compare, 0x45, 0x0D, 0, 0x41, 1, 0x0F, 0x0B, 0x41, 0],
            Form.Back => [0x03, 0x40, .. comeRound, .. compare, 0x0D, 0, 0x0B, 0x41, 0],
            _ => [0x03, 0x40, .. comeRound, .. step, .. compare, 0x0D, 0, 0x0B, 0x41, 0],
        };
        return [2, 1, is64 ? I64 : I32, 1, I32, .. number, 0x21, 1, .. code, 0x0B];
    }
}
