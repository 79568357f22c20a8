namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>One violation at one place.</summary>
/// <param name="Rule">What was broken.</param>
/// <param name="Detail">What is meant here: a type, a method, a number.</param>
/// <param name="Method">The method's signature; null when it is not about one.</param>
/// <param name="OffsetBytes">Where in the method's IL; negative for the method as a whole.</param>
/// <param name="Position">File and line, where the debug information has them.</param>
internal sealed record Diagnostic(Rule Rule, string Detail, string? Method = null, int OffsetBytes = -1, string? Position = null)
{
    public override string ToString()
    {
        string place = Position is null ? "" : Position + ": ";
        string method = Method is null ? "" : OffsetBytes < 0 ? $" [{Method}]" : $" [{Method} IL_{OffsetBytes:x4}]";
        return $"{place}error {Rule.Id}: {Rule.Title}: {Detail}{method}";
    }
}
