namespace WhiteMagic.Memory.Exchange;

/// <summary>What an export wrote.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Format">Its format.</param>
/// <param name="Count">Memories in it.</param>
/// <param name="Bytes">Its size.</param>
public sealed record ExportReport(string Path, string Format, long Count, long Bytes);
