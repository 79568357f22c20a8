using System;
using System.Security.Cryptography;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Sha256;

[Collection(KernelModules.Name)]
public sealed class Sha256ModuleTests
{
    private const string Module = "whitemagic_core";

    [Fact]
    public void Module_RandomMessages_GivesTheBytesOfCoreClr()
    {
        const int Seed = 31, MostBytes = 400;
        var random = new Random(Seed);
        var tape = new Tape(Module);
        Ptr message = tape.Alloc(MostBytes), digest = tape.Alloc(32);
        for (int round = 0; round < Runs.Of(1000, 20_000); round++)
        {
            byte[] bytes = new byte[random.Next(MostBytes + 1)];
            random.NextBytes(bytes);
            tape.Write(message, bytes);
            Assert.Equal(0, tape.Call("sha256", message, bytes.Length, digest));
            Assert.Equal(SHA256.HashData(bytes), tape.Read(digest, 32));
        }

        tape.Verify();
    }

    [Fact]
    public void Module_BadArguments_GivesTheCodesOfCoreClr()
    {
        var tape = new Tape(Module);
        Ptr block = tape.Alloc(64);
        Assert.Equal(KernelError.InvalidArgument, tape.Call("sha256", block, -1, block));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("sha256", block, int.MinValue, block));
        Assert.Equal(KernelError.OutOfRange, tape.Call("sha256", Ptr.Null, 1, block));
        Assert.Equal(KernelError.OutOfRange, tape.Call("sha256", block, 1, Ptr.Null));
        Assert.Equal(0, tape.Call("sha256", Ptr.Null, 0, block));
        Assert.Equal(0, tape.Call("sha256", block, 64, block));
        tape.Read(block, 64);
        tape.Verify();
    }
}
