using System;
using System.Globalization;

namespace WhiteMagic.Governance.Stages;

/// <summary>Bounds on the arguments as a whole, which no single parameter knows: nesting and number of values.</summary>
public sealed class SanitiseStage : IStage
{
    /// <summary>Objects and lists may be nested this deep.</summary>
    public const int MostDepth = 32;

    /// <summary>All arguments together may have this many values.</summary>
    public const int MostValues = 20_000;

    /// <inheritdoc/>
    public string Name => "sanitise";

    /// <inheritdoc/>
    public void Hear(Hearing hearing)
    {
        ReadOnlySpan<byte> json = hearing.Deed.Arguments.Span;
        int depth = 0;
        int values = 1;
        for (int at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    at = SkipText(json, at + 1);
                    break;
                case (byte)'{' or (byte)'[':
                    if (++depth > MostDepth)
                    {
                        Refuse(hearing, "are nested", depth, MostDepth, "levels deep");
                        return;
                    }

                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                case (byte)',':
                    if (++values > MostValues)
                    {
                        Refuse(hearing, "hold more than", values - 1, MostValues, "values");
                        return;
                    }

                    break;
            }
        }
    }

    // Returns where the closing quote is.
    private static int SkipText(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length)
        {
            int next = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return json.Length;
            }

            at += next;
            if (json[at] == '"')
            {
                return at;
            }

            at += 2;
        }

        return at;
    }

    private static void Refuse(Hearing hearing, string what, int found, int most, string unit) => hearing.Refuse("too_large",
        string.Create(CultureInfo.InvariantCulture, $"the arguments of {hearing.Deed.Tool} {what} {found} {unit}; the limit is {most}"), "put what is larger into a file, or into several calls");
}
