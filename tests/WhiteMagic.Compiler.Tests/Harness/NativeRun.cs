using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>The generated C as a native program with the address and undefined-behaviour sanitizers, which end it at the first finding.</summary>
internal static class NativeRun
{
    private const string Reader = """

        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        static f32 wm_arg_f(u64 bits) { return wm_bits_f32((u32)bits); }
        static f64 wm_arg_d(u64 bits) { return wm_bits_f64(bits); }
        static void wm_call(u32 index, u64 *a, ptr p, u64 *r);
        int main(void) {
          u32 index;
          while (fread(&index, 4, 1, stdin) == 1) {
            u64 a[8], r = 0;
            fread(a, 8, 8, stdin);
            wm_reset();
            ptr p = wm_alloc(512);
            fread(p, 1, 512, stdin);
            wm_call(index, a, p, &r);
            fwrite(&r, 8, 1, stdout);
            fwrite(p, 1, 512, stdout);
          }
          return 0;
        }
        static void wm_call(u32 index, u64 *a, ptr p, u64 *r) {
          switch (index) {

        """;

    internal static string? Compiler => Programs.Find("gcc", "clang-19");

    internal static Dictionary<Case, Outcome> Run(string c, string folder, IEnumerable<Case> all)
    {
        List<Case> cases = [.. all];
        string source = Path.Combine(folder, "native.c");
        string program = Path.Combine(folder, "native");
        File.WriteAllText(source, c + Reader + string.Concat(Idiom.All.Select(CallOf)) + "  default: abort(); }\n}\n");
        Programs.Run(Compiler!,
        [
            "-std=gnu11", "-O0", "-w", "-fno-strict-aliasing", "-ffp-contract=off", "-msse4.1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", source, "-o", program, "-lm",
        ]);
        string input = Path.Combine(folder, "native.in");
        File.WriteAllBytes(input, Encode(cases));
        string output = Path.Combine(folder, "native.out");
        Programs.Run("/bin/sh", ["-c", $"'{program}' < '{input}' > '{output}'"]);
        return Decode(cases, File.ReadAllBytes(output));
    }

    private static string CallOf(Idiom idiom, int index)
    {
        string arguments = string.Join(", ", idiom.Parameters.Select((p, k) => p switch
        {
            'p' => $"p + 256 * a[{k}]",
            'f' or 'd' => $"wm_arg_{p}(a[{k}])",
            'l' => $"(i64)a[{k}]",
            _ => $"(i32)a[{k}]",
        }));
        // The C function has another name; the export is its label.
        string type = idiom.Result switch { 'f' => "f32", 'd' => "f64", 'l' => "i64", 'v' => "void", _ => "i32" };
        string parameters = string.Join(", ", idiom.Parameters.Select(p => p switch { 'p' => "ptr", 'f' => "f32", 'd' => "f64", 'l' => "i64", _ => "i32" }));
        string call = $"wm_idiom_{index}({arguments})";
        string result = idiom.Result switch
        {
            'f' => $"*r = wm_f32_bits({call});",
            'd' => $"*r = wm_f64_bits({call});",
            'v' => call + ";",
            _ => $"*r = (u64){call};",
        };
        return $"  case {index}: {{ extern {type} wm_idiom_{index}({(parameters.Length == 0 ? "void" : parameters)}) __asm__(\"{idiom.Name}\"); {result} break; }}\n";
    }

    private static byte[] Encode(List<Case> cases)
    {
        Dictionary<Idiom, int> indexes = Idiom.All.Select((idiom, index) => (idiom, index)).ToDictionary(p => p.idiom, p => p.index);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (Case c in cases)
        {
            writer.Write(indexes[c.Idiom]);
            for (int k = 0; k < 8; k++)
            {
                writer.Write(k < c.Arguments.Count ? c.Arguments[k] : 0L);
            }

            writer.Write(c.Memory);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static Dictionary<Case, Outcome> Decode(List<Case> cases, byte[] output)
    {
        const int Record = sizeof(long) + Case.MemoryBytes;
        Assert.Equal(cases.Count * Record, output.Length);
        return cases.Select((c, i) => (c, output.AsMemory(i * Record, Record))).ToDictionary(
            p => p.c, p => Outcome.Of(p.c.Idiom.Result, BitConverter.ToInt64(p.Item2.Span), p.Item2.Span[sizeof(long)..]));
    }
}
