using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Compiler.Tests.Harness;

namespace WhiteMagic.Compiler.Tests;

public sealed class IdiomTests(CompiledIdioms compiled) : IClassFixture<CompiledIdioms>
{
    public static IEnumerable<TheoryDataRow<string>> Names => Idiom.All.Select(i => new TheoryDataRow<string>(i.Name));

    [Fact]
    public void Idioms_AllTogether_AreInTheSubset() => Assert.True(compiled.Diagnostics.Count == 0, string.Join("\n", compiled.Diagnostics));

    [Theory]
    [MemberData(nameof(Names))]
    public void Idiom_OnEdgeInputs_GivesWhatCoreClrGives(string name)
    {
        (IReadOnlyList<Case> cases, IReadOnlyList<Outcome> expected) = compiled.CasesOf(name);
        for (int i = 0; i < cases.Count; i++)
        {
            string call = $"{name}({string.Join(", ", cases[i].Arguments)})";
            AssertSame(expected[i], compiled.Scalar(cases[i]), call + " scalar");
            AssertSame(expected[i], compiled.Simd(cases[i]), call + " simd");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Idiom_AsNativeCWithSanitizers_GivesWhatCoreClrGives(string name)
    {
        Assert.SkipWhen(NativeRun.Compiler is null, "neither gcc nor clang-19 is installed");
        (IReadOnlyList<Case> cases, IReadOnlyList<Outcome> expected) = compiled.CasesOf(name);
        for (int i = 0; i < cases.Count; i++)
        {
            // A trap ends the program, so only what returns is called.
            if (expected[i] != Outcome.Trap)
            {
                AssertSame(expected[i], compiled.Native(cases[i]), $"{name}({string.Join(", ", cases[i].Arguments)}) native");
            }
        }
    }

    private static void AssertSame(Outcome expected, Outcome actual, string call)
    {
        Assert.True(expected.Result == actual.Result, $"{call}: expected {expected.Result}, is {actual.Result}");
        Assert.True(expected.Memory == actual.Memory, $"{call}: memory differs:\n{expected.Memory}\n{actual.Memory}");
    }
}
