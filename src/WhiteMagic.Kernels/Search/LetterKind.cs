namespace WhiteMagic.Kernels.Search;

/// <summary>What a character is to the tokenizer.</summary>
public enum LetterKind
{
    /// <summary>Ends a word.</summary>
    Separator,

    /// <summary>A small letter, a letter of a script without cases, or a digit.</summary>
    Lower,

    /// <summary>A Latin capital, where a part of an identifier may begin.</summary>
    Upper,

    /// <summary>Between two letters or digits it holds a word together.</summary>
    Joiner,

    /// <summary>A character that is a term by itself and in pairs: scripts that do not part words, and pictures.</summary>
    Ideograph,

    /// <summary>As if it were not there: combining marks, joining and variation signs.</summary>
    Ignored,
}
