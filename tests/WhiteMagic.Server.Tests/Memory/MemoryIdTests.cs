using System;
using System.Collections.Generic;
using WhiteMagic.Memory;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class MemoryIdTests
{
    private readonly Random _random = new(4);

    [Fact]
    public void Create_MakesVersionSevenWithTheTimeFirst()
    {
        var seen = new HashSet<MemoryId>();
        string before = "";
        for (long ms = 1_795_340_000_000; ms < 1_795_340_002_000; ms++)
        {
            MemoryId id = MemoryId.Create(ms, bytes => _random.NextBytes(bytes));
            string text = id.ToString();
            Assert.Equal('7', text[14]);
            Assert.Contains(text[19], "89ab");
            Assert.Equal(ms, Convert.ToInt64(text[..8] + text[9..13], 16));
            Assert.True(string.CompareOrdinal(before, text) < 0);
            Assert.True(seen.Add(id));
            Assert.Equal(id, MemoryId.Read(id.ToBytes()));
            Assert.Equal(text.Replace("-", "", StringComparison.Ordinal), Convert.ToHexStringLower(id.ToBytes()));
            before = text;
        }
    }

    [Fact]
    public void Create_InOneMillisecond_DiffersIn74Bits()
    {
        MemoryId zeroes = MemoryId.Create(0, bytes => bytes.Clear());
        MemoryId ones = MemoryId.Create(0, bytes => bytes.Fill(0xff));
        int bits = 0;
        for (int i = 0; i < MemoryId.Bytes; i++)
        {
            bits += int.PopCount(zeroes.ToBytes()[i] ^ ones.ToBytes()[i]);
        }

        Assert.Equal(74, bits);
    }

    [Theory]
    [InlineData("0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b", true)]
    [InlineData("0190A5B2-7C1E-7D3F-8A4B-5C6D7E8F9A0B", true)]
    [InlineData("0190a5b27c1e7d3f8a4b5c6d7e8f9a0b", false)]
    [InlineData("{0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b}", false)]
    [InlineData(" 0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b", false)]
    [InlineData("0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b\n", false)]
    [InlineData("+190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b", false)]
    [InlineData("0x90a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b", false)]
    [InlineData("0190a5b2-+c1e-7d3f-8a4b-5c6d7e8f9a0b", false)]
    [InlineData("0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0", false)]
    [InlineData("", false)]
    public void TryParse_TakesTheOneForm(string text, bool taken)
    {
        Assert.Equal(taken, MemoryId.TryParse(text, out MemoryId id));
        Assert.Equal(taken ? text : id.ToString(), id.ToString(), ignoreCase: true);
    }
}
