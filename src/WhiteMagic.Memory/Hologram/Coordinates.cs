using System;
using System.Text.Json;

namespace WhiteMagic.Memory.Hologram;

/// <summary>A point of the five dimensions: logic to emotion, detail to whole, old to new, weight, vitality.</summary>
/// <param name="X">-1 logic .. +1 emotion.</param>
/// <param name="Y">-1 detail .. +1 whole.</param>
/// <param name="Z">+1 today, 0 a year ago, towards -1 before that.</param>
/// <param name="W">Weight: importance and length.</param>
/// <param name="V">Vitality: how much it is used.</param>
public readonly record struct Coordinates(float X, float Y, float Z, float W, float V)
{
    // Six digits tell two points apart that anybody could; more would show how a float is stored.
    private const int Digits = 6;

    /// <summary>The true Euclidean distance to another point.</summary>
    public double DistanceTo(in Coordinates other)
    {
        double x = X - other.X, y = Y - other.Y, z = Z - other.Z, w = W - other.W, v = V - other.V;
        return Math.Sqrt((x * x) + (y * y) + (z * z) + (w * w) + (v * v));
    }

    /// <summary>Writes the members x, y, z, w, v into an object that is open.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("x", Rounded(X));
        json.WriteNumber("y", Rounded(Y));
        json.WriteNumber("z", Rounded(Z));
        json.WriteNumber("w", Rounded(W));
        json.WriteNumber("v", Rounded(V));
    }

    /// <summary>Writes them as a member <c>coordinates</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("coordinates");
        WriteMembers(json);
        json.WriteEndObject();
    }

    /// <summary>A coordinate or distance as answers show it.</summary>
    public static double Rounded(double value) => Math.Round(value, Digits);
}
