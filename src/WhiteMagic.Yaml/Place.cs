namespace WhiteMagic.Yaml;

/// <summary>A 1-based position in the document.</summary>
internal readonly record struct Place(int Line, int Column);
