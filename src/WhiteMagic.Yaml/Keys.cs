using System.Globalization;

namespace WhiteMagic.Yaml;

/// <summary>What every key must be, in block and in flow maps.</summary>
internal static class Keys
{
    public static YamlException NotScalar(Cursor cursor, Place place) =>
        cursor.Error(place, "a list or map as a key is not supported");

    /// <summary>Refuses merge keys, overlong keys and keys the map already has.</summary>
    public static void Check(Cursor cursor, YamlMap map, string key, bool isPlain, Place place)
    {
        if (isPlain && key == "<<")
        {
            throw cursor.Error(place, "merge keys are not supported");
        }
        if (key.Length > YamlReader.MaxKeyLength)
        {
            throw cursor.Error(place, "the key is longer than " + YamlReader.MaxKeyLength.ToString(CultureInfo.InvariantCulture) + " characters");
        }
        if (map.Find(key) is { } first)
        {
            throw cursor.Error(place, "the key " + YamlScalar.Quote(key) + " is given twice, first on line " + first.Line.ToString(CultureInfo.InvariantCulture));
        }
    }
}
