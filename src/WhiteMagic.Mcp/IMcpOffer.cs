using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>
/// The port through which a program offers tools, resources and prompts. One thread calls it, one call at a time.
/// Implementations answer expected failures as values and let nothing but bugs escape as exceptions.
/// </summary>
public interface IMcpOffer
{
    /// <summary>What the server says of itself.</summary>
    ServerIdentity Identity { get; }

    /// <summary>Whether there are resources at all; without them the capability is not declared and its methods are unknown.</summary>
    bool HasResources => true;

    /// <summary>Whether there are prompts at all; without them the capability is not declared and its methods are unknown.</summary>
    bool HasPrompts => true;

    /// <summary>Writes the tool objects, in a fixed order, into an array that the caller has opened.</summary>
    void WriteTools(Utf8JsonWriter writer);

    /// <summary>Whether a call by this name (or one of its aliases) can be answered by <see cref="CallTool"/>.</summary>
    bool HasTool(string name);

    /// <summary>Carries out a tool call. <paramref name="arguments"/> is an object, or undefined when the request had none.</summary>
    void CallTool(string name, JsonElement arguments, RequestContext context, ToolAnswer answer);

    /// <summary>Writes the resource objects into an array that the caller has opened.</summary>
    void WriteResources(Utf8JsonWriter writer);

    /// <summary>Writes the resource template objects into an array that the caller has opened.</summary>
    void WriteResourceTemplates(Utf8JsonWriter writer);

    /// <summary>
    /// Writes the contents objects of a resource into an array that the caller has opened. False, with nothing written that counts, when there is no such
    /// resource, or when it cannot be read: then <paramref name="failure"/> says why.
    /// </summary>
    bool ReadResource(string uri, RequestContext context, Utf8JsonWriter writer, out string? failure);

    /// <summary>Writes the prompt objects into an array that the caller has opened.</summary>
    void WritePrompts(Utf8JsonWriter writer);

    /// <summary>
    /// Writes the members <c>description</c> and <c>messages</c> into an object that the caller has opened.
    /// Returns null on success, else what was wrong with the name or an argument (nothing is written then).
    /// </summary>
    string? GetPrompt(string name, JsonElement arguments, Utf8JsonWriter writer);

    /// <summary>Called when no request has been waiting for a while, and once at the end: deferred work belongs here.</summary>
    void Idle();
}
