using System.Linq;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>Checks a value against the part of JSON Schema that the tools use; a keyword it does not know fails the test.</summary>
internal static class Schema
{
    private static readonly string[] _known = ["type", "properties", "required", "items", "enum", "minimum", "maximum", "default", "description", "additionalProperties"];

    public static void Check(JsonElement schema, JsonElement value, string path = "$")
    {
        Assert.All(schema.EnumerateObject(), keyword => Assert.Contains(keyword.Name, _known));
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            Assert.True(IsOf(type.GetString()!, value), $"{path} is {value.ValueKind}, not {type}");
        }

        if (schema.TryGetProperty("required", out JsonElement required))
        {
            Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{path}.{name} is missing"));
        }

        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject().Where(p => value.TryGetProperty(p.Name, out _)))
            {
                Check(property.Value, value.GetProperty(property.Name), $"{path}.{property.Name}");
            }
        }

        if (schema.TryGetProperty("items", out JsonElement items))
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(items, item, path + "[]");
            }
        }
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };
}
