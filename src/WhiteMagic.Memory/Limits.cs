namespace WhiteMagic.Memory;

/// <summary>How much of everything there may be; every one has an error that names the field and the limit.</summary>
public static class Limits
{
    public const int ContentBytes = 1 << 20;
    public const int TitleChars = 1000;
    public const int TagCount = 64;
    public const int TagChars = 128;
    public const int MetadataBytes = 64 << 10;
    public const int QueryBytes = 8 << 10;

    /// <summary>How many characters a text has: Unicode scalar values, as JSON Schema counts them; what lies beyond U+FFFF is one.</summary>
    public static int Characters(string text)
    {
        int count = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Session, speaker and source are names, not texts.</summary>
    public const int NameChars = 200;

    /// <summary>Most results of one list or search.</summary>
    public const int ResultCount = 200;

    /// <summary>Most ids of one batch.</summary>
    public const int BatchCount = 100;

    /// <summary>Content bytes that one answer carries of one memory, unless it asks for less.</summary>
    public const int WindowBytes = 256 << 10;

    /// <summary>An answer takes no further memory once its JSON is this long: sent twice and escaped it must stay below 4 MiB.</summary>
    public const int AnswerBytes = 1 << 20;

    public const int MinTokenBudget = 64;
    public const int MaxTokenBudget = 100_000;

    /// <summary>Length of a galaxy's name.</summary>
    public const int GalaxyChars = 64;

    /// <summary>Data given in a call instead of a file.</summary>
    public const int ImportDataBytes = 8 << 20;

    /// <summary>Errors that an import reports; further ones are counted.</summary>
    public const int ImportErrorCount = 100;
}
