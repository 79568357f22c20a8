namespace WhiteMagic.Kernels.Search;

/// <summary>Where a term occurs, one document after another.</summary>
public interface ITermPostings
{
    /// <summary>The current document's slot.</summary>
    int Slot { get; }

    /// <summary>How often the term occurs in it, each field's occurrences by its weight.</summary>
    float Weight { get; }

    /// <summary>Moves to the next document; false after the last.</summary>
    bool Next();
}
