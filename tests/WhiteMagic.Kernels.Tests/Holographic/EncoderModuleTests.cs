using System;
using System.Text;
using WhiteMagic.Kernels.Holographic;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests;

[Collection(KernelModules.Name)]
public sealed class EncoderModuleTests
{
    private const string Module = "core";
    private const int MostBytes = 600;
    private const int CoordinateBytes = 5 * sizeof(float);

    [Fact]
    public void Module_RandomMemories_GivesTheBytesOfCoreClr()
    {
        const int Seed = 12;
        var random = new Random(Seed);
        string[] words = Encoding.ASCII.GetString(WordLists.Text).TrimEnd().Split(' ');
        double[] edges = [0, -0.0, -1, 0.5, 1, 365, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity];
        double Number(double scale) => random.Next(4) == 0 ? edges[random.Next(edges.Length)] : random.NextDouble() * scale;
        var tape = new Tape(Module);
        Ptr text = tape.Alloc(MostBytes), coordinates = tape.Alloc(CoordinateBytes);
        for (int i = 0; i < Runs.Of(2000, 20_000); i++)
        {
            byte[] bytes = new byte[random.Next(MostBytes)];
            random.NextBytes(bytes);
            for (int at = 0; random.Next(4) > 0 && at < bytes.Length;)
            {
                byte[] word = Encoding.ASCII.GetBytes(random.Next(3) == 0 ? "other " : words[random.Next(words.Length)] + " ");
                int taken = Math.Min(word.Length, bytes.Length - at);
                word.AsSpan(0, taken).CopyTo(bytes.AsSpan(at));
                at += taken;
            }

            tape.Write(text, bytes);
            int accesses = random.Next(3) == 0 ? int.MaxValue : random.Next(30);
            Assert.Equal(0, tape.Call("holographic_encode", text, bytes.Length, Number(1.5), accesses, Number(2000), Number(1), coordinates));
            tape.Read(coordinates, CoordinateBytes);
        }

        tape.Verify();
    }

    [Fact]
    public void Module_BadArguments_GivesTheCodesOfCoreClr()
    {
        var tape = new Tape(Module);
        Ptr text = tape.Alloc(16), coordinates = tape.Alloc(CoordinateBytes);
        Assert.Equal(KernelError.InvalidArgument, tape.Call("holographic_encode", text, -1, 0.0, 0, 0.0, 0.0, coordinates));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("holographic_encode", text, 1, double.NaN, 0, 0.0, 0.0, coordinates));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("holographic_encode", text, 1, 0.0, -1, 0.0, 0.0, coordinates));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("holographic_encode", text, 1, 0.0, 0, double.NaN, 0.0, coordinates));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("holographic_encode", text, 1, 0.0, 0, 0.0, double.NaN, coordinates));
        Assert.Equal(KernelError.OutOfRange, tape.Call("holographic_encode", Ptr.Null, 1, 0.0, 0, 0.0, 0.0, coordinates));
        Assert.Equal(KernelError.OutOfRange, tape.Call("holographic_encode", text, 1, 0.0, 0, 0.0, 0.0, Ptr.Null));
        Assert.Equal(0, tape.Call("holographic_encode", Ptr.Null, 0, 0.0, 0, 0.0, 0.0, coordinates));
        tape.Read(coordinates, CoordinateBytes);
        tape.Verify();
    }
}
