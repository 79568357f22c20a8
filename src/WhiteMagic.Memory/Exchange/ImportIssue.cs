namespace WhiteMagic.Memory.Exchange;

/// <summary>Why one entry of an import could not be taken.</summary>
/// <param name="line">Where the entry begins: the line of a text, from 1, or the row of a database; 0 when it is the whole file.</param>
/// <param name="reason">What was wrong, in words for the user.</param>
/// <param name="file">The file inside an imported folder; null otherwise.</param>
public sealed class ImportIssue(long line, string reason, string? file = null)
{
    public long Line { get; } = line;

    public string Reason { get; } = reason;

    public string? File { get; } = file;
}
