namespace WhiteMagic.Memory.Seeds;

/// <summary>A memory that comes with the program.</summary>
/// <param name="Version">The version of the seeds that introduced it: a galaxy that has got this version never gets it again.</param>
/// <param name="Draft">The memory, with an id that never changes.</param>
public sealed record Seed(int Version, MemoryDraft Draft);
