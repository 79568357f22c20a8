using System;
using System.Text;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.MinHash;

[Collection(KernelModules.Name)]
public sealed class MinHashModuleTests
{
    private const string Module = "core";
    private const int SignatureBytes = Signature.RowCount * sizeof(uint);
    private const int PairBytes = 12;

    [Fact]
    public void Module_SignaturesOfAnyBytes_AreTheBytesOfCoreClr()
    {
        const int Seed = 51;
        var random = new Random(Seed);
        var tape = new Tape(Module);
        Ptr a = tape.Alloc(SignatureBytes);
        Ptr b = tape.Alloc(SignatureBytes);
        Ptr compact = tape.Alloc(CompactSignature.Bytes);
        Ptr text = tape.Alloc(10_000);
        for (int round = 0; round < Runs.Of(1_000, 10_000); round++)
        {
            byte[] bytes = Text(random, random.Next(0, round % 100 == 0 ? 10_000 : 400));
            tape.Write(text, bytes);
            Assert.Equal(0, tape.Call(round % 3 == 0 ? "minhash_signature_set" : "minhash_signature", text, bytes.Length, a));
            Assert.Equal(0, tape.Call("minhash_signature", text, bytes.Length / 2, b));
            tape.Read(a, SignatureBytes);
            tape.CallDouble("minhash_jaccard", a, b);
            Assert.Equal(0, tape.Call("minhash_compact", a, compact));
            tape.Read(compact, CompactSignature.Bytes);
        }

        tape.Verify();
    }

    [Fact]
    public void Module_Duplicates_AreTheBytesOfCoreClr()
    {
        const int Seed = 52;
        var random = new Random(Seed);
        var tape = new Tape(Module);
        for (int round = 0; round < Runs.Of(60, 600); round++)
        {
            int count = random.Next(0, 120);
            int maxPairs = random.Next(0, 400);
            Ptr signatures = tape.Alloc(count * SignatureBytes);
            Ptr pairs = tape.Alloc(maxPairs * PairBytes);
            Ptr text = tape.Alloc(400);
            byte[] bytes = Text(random, 300);
            for (int i = 0; i < count; i++)
            {
                // Texts that change little by little, some not at all.
                if (random.Next(3) > 0)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                tape.Write(text, bytes);
                tape.Call("minhash_signature", text, random.Next(10) == 0 ? 0 : bytes.Length, signatures + (i * SignatureBytes));
            }

            double threshold = random.Next(12) == 0 ? double.NaN : random.Next(-1, 11) / 10.0;
            long found = tape.Call("minhash_duplicates", signatures, count, threshold, pairs, maxPairs);
            tape.Read(pairs, Math.Max(0, (int)found) * PairBytes);
        }

        tape.Verify();
    }

    [Fact]
    public void Module_BadInput_GivesTheErrorsOfCoreClr()
    {
        var tape = new Tape(Module);
        Ptr memory = tape.Alloc(SignatureBytes);
        foreach (int length in (int[])[-1, int.MinValue])
        {
            Assert.Equal(-1, tape.Call("minhash_signature", memory, length, memory));
            Assert.Equal(-1, tape.Call("minhash_signature_set", memory, length, memory));
            Assert.Equal(-1, tape.Call("minhash_duplicates", memory, length, 0.5, memory, 1));
            Assert.Equal(-1, tape.Call("minhash_duplicates", memory, 1, 0.5, memory, length));
        }

        Assert.Equal(-2, tape.Call("minhash_signature", Ptr.Null, 1, memory));
        Assert.Equal(-2, tape.Call("minhash_signature", memory, 1, Ptr.Null));
        Assert.Equal(-2, tape.Call("minhash_compact", Ptr.Null, memory));
        Assert.Equal(-2, tape.CallDouble("minhash_jaccard", memory, Ptr.Null));
        Assert.Equal(-2, tape.Call("minhash_duplicates", memory, int.MaxValue, 0.5, memory, 1));
        Assert.Equal(-2, tape.Call("minhash_duplicates", memory, 1, 0.5, memory, int.MaxValue));
        tape.Read(memory, SignatureBytes);
        tape.Verify();
    }

    private static byte[] Text(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        if (random.Next(4) > 0)
        {
            byte[] alphabet = Encoding.UTF8.GetBytes("abcdeABC 12  .,-\0\n\u00e9\u4e2d\ud83d\ude00");
            for (int i = 0; i < length; i++)
            {
                bytes[i] = alphabet[bytes[i] % alphabet.Length];
            }
        }

        return bytes;
    }
}
