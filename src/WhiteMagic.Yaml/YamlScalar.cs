using System;

namespace WhiteMagic.Yaml;

/// <summary>A single value; a plain one can be null, a boolean or a number by the YAML 1.2 core schema, any other is text.</summary>
public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(string file, Place place, string text, bool isPlain)
        : base(file, place)
    {
        Text = text;
        IsPlain = isPlain;
    }

    /// <summary>The characters after folding and escapes.</summary>
    public string Text { get; }

    /// <summary>False for quoted and block scalars, which are always text.</summary>
    public bool IsPlain { get; }

    /// <summary>True for a plain `null`, `~` or nothing at all.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>True when no other type of the core schema fits.</summary>
    public bool IsText => !IsNull && !TryGetBool(out _) && !TryGetDouble(out _);

    public bool TryGetBool(out bool value)
    {
        value = IsPlain && Text is "true" or "True" or "TRUE";
        return value || (IsPlain && Text is "false" or "False" or "FALSE");
    }

    /// <summary>A whole number: decimal, 0o octal or 0x hexadecimal, that fits in 64 bits.</summary>
    public bool TryGetLong(out long value)
    {
        value = 0;
        return IsPlain && CoreSchema.TryLong(Text, out value);
    }

    /// <summary>Any number, whole ones included.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return IsPlain && CoreSchema.TryDouble(Text, out value);
    }

    public override string Describe()
    {
        if (IsNull)
        {
            return "empty";
        }
        if (TryGetBool(out bool flag))
        {
            return flag ? "true" : "false";
        }
        return IsText ? "the text " + Quote(Text) : "the number " + Shorten(Text);
    }

    /// <summary>A name or value as a message shows it: on one line, at most 40 characters, in quotes.</summary>
    internal static string Quote(string text) => "\"" + Shorten(text) + "\"";

    private static string Shorten(string text)
    {
        const int MaxShown = 40;
        Span<char> shown = stackalloc char[MaxShown];
        int count = Math.Min(text.Length, MaxShown);
        for (int i = 0; i < count; i++)
        {
            shown[i] = char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? ' ' : text[i];
        }
        if (count < text.Length && char.IsHighSurrogate(shown[count - 1]))
        {
            count--;
        }
        return count < text.Length ? string.Concat(shown[..count], "…") : new string(shown[..count]);
    }
}
