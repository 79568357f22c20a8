using System.Collections.Generic;

namespace WhiteMagic.Memory.Exchange;

/// <summary>What an export wrote.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Format">Its format.</param>
/// <param name="Count">Memories in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Damaged">Memories that were left out because the disk had changed them.</param>
public sealed record ExportReport(string Path, string Format, long Count, long Bytes, IReadOnlyList<MemoryId> Damaged);
