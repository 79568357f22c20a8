using System;
using System.Globalization;

namespace WhiteMagic.Governance.Karma;

/// <summary>What a ledger was at one moment, in three lines to keep elsewhere: origin, number of entries, root of the tree.</summary>
public sealed class KarmaCheckpoint
{
    private const string OriginPrefix = "whitemagic/";
    private const int MostOriginChars = 200;

    /// <summary>Which ledger it is of: <c>whitemagic/GALAXY/LEDGER</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>How many entries there were.</summary>
    public required long Size { get; init; }

    /// <summary>The root of the tree over them, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Root { get; init; }

    /// <summary>The origin of a galaxy's ledger.</summary>
    public static string OriginOf(string galaxy, string ledgerId) => OriginPrefix + galaxy + "/" + ledgerId;

    /// <summary>The three lines, each with its line break.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");

    /// <summary>Reads the three lines; null when they are not a checkpoint.</summary>
    public static KarmaCheckpoint? Parse(string text)
    {
        string[] lines = text.Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        if (lines.Length != 3 || !lines[0].StartsWith(OriginPrefix, StringComparison.Ordinal) || lines[0].Length > MostOriginChars
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size) || size.ToString(CultureInfo.InvariantCulture) != lines[1])
        {
            return null;
        }

        byte[] root = new byte[KarmaEncoding.HashBytes];
        return Convert.TryFromBase64String(lines[2], root, out int length) && length == root.Length && Convert.ToBase64String(root) == lines[2]
            ? new KarmaCheckpoint { Origin = lines[0], Size = size, Root = root }
            : null;
    }
}
