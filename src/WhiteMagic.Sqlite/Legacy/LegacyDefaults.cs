using System;
using System.Globalization;

namespace WhiteMagic.Sqlite.Legacy;

/// <summary>Values that say nothing, because the earlier program gave them to every row; they are not kept.</summary>
internal static class LegacyDefaults
{
    /// <summary>Whether a column's value, as JSON or as plain text, is the one that every row begins with.</summary>
    internal static bool IsDefault(string column, ReadOnlySpan<byte> value)
    {
        switch (column)
        {
            // Computed from the content, here as there.
            case "content_hash":
                return true;
            case "direction":
                return value.SequenceEqual("\"undirected\""u8);
            case "relation_type":
                return value.SequenceEqual("\"associated_with\""u8);
            case "edge_type":
                return value.SequenceEqual("\"semantic\""u8);
            default:
                return value.IsEmpty || value.SequenceEqual("\"\""u8) || (NumberOf(column) is { } number
                    && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double found) && found == number);
        }
    }

    private static double? NumberOf(string column) => column switch
    {
        "access_count" or "recall_count" or "emotional_valence" or "galactic_distance" or "is_protected" or "is_private" or "model_exclude" or "traversal_count" => 0,
        "neuro_score" or "novelty_score" => 1,
        "retention_score" => 0.5,
        "half_life_days" => 30,
        _ => null,
    };
}
