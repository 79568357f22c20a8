using System;
using System.Text.Json;

namespace WhiteMagic.Memory.Hologram;

/// <summary>A point of the five dimensions: logic to emotion, detail to whole, old to new, weight, vitality.</summary>
/// <param name="x">-1 logic .. +1 emotion.</param>
/// <param name="y">-1 detail .. +1 whole.</param>
/// <param name="z">+1 today, 0 a year ago, towards -1 before that.</param>
/// <param name="w">Weight: importance and length.</param>
/// <param name="v">Vitality: how much it is used.</param>
public readonly struct Coordinates(float x, float y, float z, float w, float v)
{
    // Six digits tell two points apart that anybody could; more would show how a float is stored.
    private const int Digits = 6;

    public float X { get; } = x;

    public float Y { get; } = y;

    public float Z { get; } = z;

    public float W { get; } = w;

    public float V { get; } = v;

    /// <summary>The true Euclidean distance to another point.</summary>
    public double DistanceTo(in Coordinates other)
    {
        double dx = X - other.X, dy = Y - other.Y, dz = Z - other.Z, dw = W - other.W, dv = V - other.V;
        return Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz) + (dw * dw) + (dv * dv));
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
