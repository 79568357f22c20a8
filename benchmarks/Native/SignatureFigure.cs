using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using WhiteMagic.Kernels.MinHash;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>MinHash signatures of texts of 500 bytes, one a line of a file: ours against C in turns.</summary>
internal static unsafe class SignatureFigure
{
    private const int Rounds = 101;

    public static void Run(Report report, string textsFile)
    {
        byte[][] texts = Array.ConvertAll(File.ReadAllText(textsFile).Split('\n'), Encoding.UTF8.GetBytes);
        uint* byPeer = stackalloc uint[Signature.RowCount];
        foreach (byte[] text in texts)
        {
            Signature.OfText(text, out Signature signature);
            SignByPeer(text, byPeer);
            report.Check(((ReadOnlySpan<uint>)signature).SequenceEqual(new ReadOnlySpan<uint>(byPeer, Signature.RowCount)), "a signature differs from that of C");
        }

        double[] medians = Native.Rounds.MedianNs(Rounds, texts.Length, _ => SignAll(texts), _ => SignAllByPeer(texts));
        report.Add("native_us", medians[0] / 1000);
        report.Add("c_us", medians[1] / 1000);
        report.Add("native_of_c", medians[0] / medians[1]);
    }

    private static void SignAll(byte[][] texts)
    {
        foreach (byte[] text in texts)
        {
            Signature.OfText(text, out _);
        }
    }

    private static void SignAllByPeer(byte[][] texts)
    {
        uint* signature = stackalloc uint[Signature.RowCount];
        foreach (byte[] text in texts)
        {
            SignByPeer(text, signature);
        }
    }

    private static void SignByPeer(byte[] text, uint* signature)
    {
        fixed (byte* bytes = &MemoryMarshal.GetArrayDataReference(text))
        {
            Peers.SignatureOfText(bytes, text.Length, signature);
        }
    }
}
