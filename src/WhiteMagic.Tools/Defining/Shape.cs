using System.Text.Json;

namespace WhiteMagic.Tools.Defining;

/// <summary>The shape of an answer, which becomes the tool's output schema.</summary>
public sealed class Shape
{
    public static readonly Shape Text = new("string");
    public static readonly Shape Integer = new("integer");
    public static readonly Shape Number = new("number");
    public static readonly Shape Flag = new("boolean");

    /// <summary>An object whose members depend on what was measured or stored.</summary>
    public static readonly Shape Open = new("object");

    /// <summary>Of which the schema says nothing.</summary>
    public static readonly Shape Any = new("");

    public static readonly Shape Texts = new("array", items: Text);

    private readonly string _type;
    private readonly Shape? _items;
    private readonly Member[] _members;

    private Shape(string type, Shape? items = null, params Member[] members)
    {
        _type = type;
        _items = items;
        _members = members;
    }

    /// <summary>An array of these.</summary>
    public static Shape List(Shape items) => new("array", items);

    /// <summary>An object with these members; further ones may come.</summary>
    public static Shape Object(params Member[] members) => new("object", null, members);

    /// <summary>Writes the schema.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (_type.Length > 0)
        {
            json.WriteString("type", _type);
        }

        if (_items is { } items)
        {
            json.WritePropertyName("items");
            items.Write(json);
        }

        if (_members.Length > 0)
        {
            WriteMembers(json);
        }

        json.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartObject("properties");
        foreach (Member member in _members)
        {
            json.WritePropertyName(member.Name);
            member.Shape.Write(json);
        }

        json.WriteEndObject();
        bool any = false;
        foreach (Member member in _members)
        {
            if (!member.IsOptional)
            {
                if (!any)
                {
                    json.WriteStartArray("required");
                    any = true;
                }

                json.WriteStringValue(member.Name);
            }
        }

        if (any)
        {
            json.WriteEndArray();
        }
    }
}

/// <summary>A member of an answer.</summary>
public readonly record struct Member(string Name, Shape Shape, bool IsOptional = false)
{
    public static implicit operator Member((string Name, Shape Shape) member) => new(member.Name, member.Shape);

    /// <summary>A member that is not always there.</summary>
    public static Member Maybe(string name, Shape shape) => new(name, shape, IsOptional: true);
}
