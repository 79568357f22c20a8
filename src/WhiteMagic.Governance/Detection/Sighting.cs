namespace WhiteMagic.Governance.Detection;

/// <summary>A place in a text that a detector found.</summary>
/// <param name="Kind">What it is, such as <c>aws_access_key</c>.</param>
/// <param name="Start">Where it begins, in bytes of UTF-8.</param>
/// <param name="Length">How long it is, in bytes of UTF-8.</param>
public readonly record struct Sighting(string Kind, int Start, int Length);
