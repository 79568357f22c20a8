namespace WhiteMagic.Memory.Seeds;

/// <summary>A memory that comes with the program.</summary>
/// <param name="version">The version of the seeds that introduced it: a galaxy that has got this version never gets it again.</param>
/// <param name="draft">The memory, with an id that never changes.</param>
public sealed class Seed(int version, MemoryDraft draft)
{
    public int Version { get; } = version;

    public MemoryDraft Draft { get; } = draft;
}
