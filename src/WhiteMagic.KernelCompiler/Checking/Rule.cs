namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>One rule of the subset or of the tool.</summary>
/// <param name="Id">Never used for anything else once it has been released.</param>
/// <param name="Title">What is wrong, as the start of a message.</param>
/// <param name="Why">Why it cannot be had.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record Rule(string Id, string Title, string Why, string Remedy);
