using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>Makes modules byte by byte.</summary>
internal static class ModuleBytes
{
    public static readonly byte[] Head = [0, .. "asm"u8, 1, 0, 0, 0];

    public static byte[] Module(params IEnumerable<byte[]> sections) => [.. Head, .. sections.SelectMany(section => section)];

    public static byte[] Section(byte id, params ReadOnlySpan<byte> content) => [id, .. Number((uint)content.Length), .. content];

    /// <summary>A count, and so often the same.</summary>
    public static byte[] Repeat(int count, params byte[] item) => [.. Number((uint)count), .. Enumerable.Repeat(item, count).SelectMany(bytes => bytes)];

    public static byte[] Number(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    /// <summary>A number with a sign, as constants have it.</summary>
    public static byte[] Signed(long value)
    {
        var bytes = new List<byte>();
        while (true)
        {
            byte next = (byte)(value & 0x7F);
            value >>= 7;
            bool isLast = (value == 0 && (next & 0x40) == 0) || (value == -1 && (next & 0x40) != 0);
            bytes.Add((byte)(isLast ? next : next | 0x80));
            if (isLast)
            {
                return [.. bytes];
            }
        }
    }

    public static byte[] Name(string name) => [.. Number((uint)Encoding.UTF8.GetByteCount(name)), .. Encoding.UTF8.GetBytes(name)];

    /// <summary>
    /// A module for one body, whose function takes an i32 and gives one: type 1 gives nothing, there are a memory, a table of functions, a mutable
    /// i32 and an immutable i64.
    /// </summary>
    public static byte[] WithBody(params ReadOnlySpan<byte> localsAndCode) => Module(
        Section(1, [2, 0x60, 1, 0x7F, 1, 0x7F, 0x60, 0, 0]),
        Section(3, [1, 0]),
        Section(4, [1, 0x70, 0, 1]),
        Section(5, [1, 0, 1]),
        Section(6, [2, 0x7F, 1, 0x41, 0, 0x0B, 0x7E, 0, 0x42, 0, 0x0B]),
        Section(10, [1, .. Number((uint)localsAndCode.Length), .. localsAndCode]));
}
