using System;
using System.IO;
using System.Text;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>What a disk does to a file.</summary>
internal static class Damage
{
    /// <summary>Changes one bit of the last place where a text stands in a file that nobody has open, and returns what stands there now.</summary>
    public static string FlipBit(string path, string text)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at >= 0, "the text is not in the file");
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
        return Encoding.UTF8.GetString(bytes, at, Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>Whether a text stands in any file under a folder.</summary>
    public static bool Holds(string folder, string text)
    {
        byte[] sought = Encoding.UTF8.GetBytes(text);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // A lock is empty, and its holder lets nobody look.
            if (file.EndsWith(".lock", StringComparison.Ordinal))
            {
                continue;
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf(sought) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
