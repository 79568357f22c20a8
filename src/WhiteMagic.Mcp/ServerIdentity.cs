namespace WhiteMagic.Mcp;

/// <summary>What a server says of itself in <c>initialize</c> and <c>server/discover</c>.</summary>
/// <param name="Name">Programmatic name, as in <c>serverInfo.name</c>.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Instructions">How a model should use the server; a few sentences, since every conversation pays for them.</param>
public sealed record ServerIdentity(string Name, string Title, string Version, string Instructions);
