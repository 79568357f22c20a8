using System;
using System.Linq;
using System.Reflection;
using System.Text;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>Names of types and methods for people, and identifiers made of them.</summary>
internal static class TypeNames
{
    internal static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Of(type.GetElementType()!);
        }

        if (type.IsPointer || type.IsArray)
        {
            return Of(type.GetElementType()!) + (type.IsPointer ? "*" : "[]");
        }

        if (type.IsFunctionPointer || type.IsGenericParameter)
        {
            return type.IsFunctionPointer ? "delegate*" : type.Name;
        }

        string name = type.DeclaringType is { } outer && !type.IsGenericType ? Of(outer) + "." + type.Name : type.Name;
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
            : name;
    }

    internal static string Of(MethodBase method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Of))}>" : "";
        string parameters = string.Join(", ", method.GetParameters().Select(p => Of(p.ParameterType)));
        return $"{(method.DeclaringType is { } type ? Of(type) + "." : "")}{method.Name}{arguments}({parameters})";
    }

    /// <summary>Name of the type's definition with its namespace, such as <c>System.Span`1</c>.</summary>
    internal static string DefinitionOf(Type? type) =>
        type is null ? "" : (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;

    /// <summary>The text with everything that is not a letter, digit or underscore of ASCII replaced by underscores.</summary>
    internal static string ToIdentifier(string text)
    {
        var identifier = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                identifier.Append(c);
            }
            else if (identifier.Length > 0 && identifier[^1] != '_')
            {
                identifier.Append('_');
            }
        }

        return identifier.ToString().TrimEnd('_');
    }

    internal static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
