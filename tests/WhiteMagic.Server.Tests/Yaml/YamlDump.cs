using System;
using System.Text;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

/// <summary>Writes a value on one line, so that a test compares whole documents: quoted text in quotes, plain text bare, null as ~.</summary>
internal static class YamlDump
{
    public static string Of(string yaml) => Of(YamlReader.Parse(yaml, "x.yaml"));

    public static string Of(YamlNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlMap map:
                for (int i = 0; i < map.Count; i++)
                {
                    text.Append(i == 0 ? "{" : ", ").Append(map[i].Key).Append(": ");
                    Write(map[i].Value, text);
                }
                text.Append(map.Count == 0 ? "{}" : "}");
                break;
            case YamlList list:
                for (int i = 0; i < list.Count; i++)
                {
                    text.Append(i == 0 ? "[" : ", ");
                    Write(list[i], text);
                }
                text.Append(list.Count == 0 ? "[]" : "]");
                break;
            case YamlScalar { IsPlain: true } plain:
                text.Append(plain.IsNull ? "~" : plain.Text);
                break;
            case YamlScalar quoted:
                text.Append('"').Append(quoted.Text.Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
                break;
        }
    }
}
