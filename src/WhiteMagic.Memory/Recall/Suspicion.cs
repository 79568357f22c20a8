using System;
using System.Text;
using WhiteMagic.Governance.Detection;

namespace WhiteMagic.Memory.Recall;

/// <summary>Whether what is about to be shown reads like orders to the model, so that whoever recalls it is told.</summary>
public static class Suspicion
{
    private const int StackBytes = 2048;

    /// <summary>The kind of order that title or body hold, such as <c>override</c>; null when they hold none.</summary>
    public static string? Of(string title, string body) => Of(title) ?? Of(body);

    private static string? Of(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        return InstructionDetector.TryFind(utf8[..Encoding.UTF8.GetBytes(text, utf8)], out Sighting sighting) ? sighting.Kind : null;
    }
}
