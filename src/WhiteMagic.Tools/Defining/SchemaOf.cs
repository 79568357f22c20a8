using System.Text.Json;

namespace WhiteMagic.Tools.Defining;

/// <summary>The schemas that several parameters share.</summary>
internal static class SchemaOf
{
    internal static void Simple(Utf8JsonWriter json, string type, string? help)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        if (help is not null)
        {
            json.WriteString("description", help);
        }

        json.WriteEndObject();
    }

    internal static void Texts(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
