namespace WhiteMagic.Cli;

/// <summary>ANSI colours, where there is a terminal that shows them.</summary>
internal static class Paint
{
    internal static string Bold(bool on, string text) => Wrap(on, "1", text);

    internal static string Faint(bool on, string text) => Wrap(on, "2", text);

    internal static string Red(bool on, string text) => Wrap(on, "31", text);

    internal static string Green(bool on, string text) => Wrap(on, "32", text);

    internal static string Yellow(bool on, string text) => Wrap(on, "33", text);

    private static string Wrap(bool on, string code, string text) => on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
}
