using System;

namespace WhiteMagic.Compiler.Tests.Idioms;

internal static class ManyViolations
{
    [WasmExport("many")]
    internal static int Many(int a) => First(a) + Second(a);

    private static int First(int a)
    {
        int[] array = new int[a];
        double sine = Math.Sin(a);
        return array[0] + (int)sine;
    }

    private static int Second(int a) => "text"[a];
}
