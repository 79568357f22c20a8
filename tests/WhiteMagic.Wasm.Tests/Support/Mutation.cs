using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.Wasm.Tests.Suite;

namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>Damages modules at random that were whole: those of the official suite where it is there, our own kernels where they are built, and two that are made here.</summary>
internal sealed class Mutation(Random random)
{
    // Larger ones only make it slow.
    private const int MostBytes = 20_000;

    private static readonly byte[] _telling = [0, 1, 2, 3, 4, 5, 0x0B, 0x10, 0x1A, 0x20, 0x21, 0x28, 0x36, 0x40, 0x41, 0x60, 0x6A, 0x70, 0x7C, 0x7D, 0x7E, 0x7F, 0x80, 0xFC, 0xFF];

    private static readonly byte[][] _seeds = [.. MadeHere().Concat(OfTheSuite()).Concat(OurKernels()).Where(module => module.Length <= MostBytes)];

    public static int SeedCount => _seeds.Length;

    /// <summary>One module with one change, or up to four.</summary>
    public byte[] Next()
    {
        var module = new List<byte>(_seeds[random.Next(_seeds.Length)]);
        for (int changes = random.Next(3) == 0 ? random.Next(2, 5) : 1; changes > 0 && module.Count > 0; changes--)
        {
            int at = random.Next(module.Count);
            switch (random.Next(16))
            {
                case < 4:
                    module[at] ^= (byte)(1 << random.Next(8));
                    break;
                case < 10:
                    module[at] = _telling[random.Next(_telling.Length)];
                    break;
                case < 12:
                    module[at] = (byte)random.Next(256);
                    break;
                case 12:
                    module.Insert(at, _telling[random.Next(_telling.Length)]);
                    break;
                case 13:
                    module.RemoveAt(at);
                    break;
                default:
                    module[at] = (byte)(module[at] + random.Next(-1, 2));
                    break;
            }
        }

        return random.Next(50) == 0 ? [.. module.Take(random.Next(module.Count + 1))] : [.. module];
    }

    private static IEnumerable<byte[]> MadeHere() =>
    [
        ModuleBytes.WithBody(0, 0x20, 0, 0x0B),
        ModuleBytes.WithBody(0, 0x20, 0, 0x03, 0x40, 0x20, 0, 0x0D, 0, 0x0B, 0x04, 0x7F, 0x41, 1, 0x05, 0x20, 0, 0x28, 2, 0, 0x0B, 0x0B),
    ];

    private static IEnumerable<byte[]> OfTheSuite() => SuiteScript.All(out _).SelectMany(script => script.Commands).Where(command => command.Module is not null && command.Type is not ("assert_malformed" or "assert_invalid")).Select(command => command.Module!);

    private static IEnumerable<byte[]> OurKernels() =>
        Directory.Exists(Repository.File("dist/wasm")) ? Directory.GetFiles(Repository.File("dist/wasm"), "*.wasm").Where(file => !file.Contains(".simd", StringComparison.Ordinal)).Order().Select(File.ReadAllBytes) : [];
}
