using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;

namespace WhiteMagic.Sqlite;

/// <summary>What <see cref="SqliteGalaxy.Store"/> did.</summary>
internal readonly record struct Stored(MemoryId Id, bool Created, long Version, long Changed, byte[] Salt)
{
    /// <summary>The row of a memory that was created.</summary>
    internal long Number { get; init; }

    /// <summary>The signature of a memory that was created.</summary>
    internal CompactSignature Signature { get; init; }

    internal Coordinates? Coordinates { get; init; }
}
