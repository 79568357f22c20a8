using System;

namespace WhiteMagic.Memory;

/// <summary>A call cannot be carried out, for a reason that its caller can understand and often mend.</summary>
public sealed class FailureException : Exception
{
    /// <param name="code">One of <see cref="ErrorCode"/>.</param>
    /// <param name="message">What was wrong: the argument or subject, the problem, and what is allowed.</param>
    /// <param name="hint">What the caller can do next; empty when there is nothing to say.</param>
    /// <param name="retryable">Whether the same call may succeed later.</param>
    /// <param name="inner">The cause, for the log; its text never reaches the caller.</param>
    public FailureException(string code, string message, string hint = "", bool retryable = false, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Hint = hint;
        Retryable = retryable;
    }

    public string Code { get; }

    public string Hint { get; }

    public bool Retryable { get; }

    /// <summary>After how many seconds the same call may succeed; null when waiting does not help or nobody knows.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>An argument or field is not what it must be.</summary>
    public static FailureException Invalid(string message, string hint = "") => new(ErrorCode.InvalidParams, message, hint);

    /// <summary>An argument or field is longer than its limit.</summary>
    public static FailureException TooLarge(string field, long actual, long limit, string unit) =>
        new(ErrorCode.TooLarge, $"{field} has {actual} {unit}; the limit is {limit}");

    /// <summary>A memory is not what was stored.</summary>
    public static FailureException Damaged(MemoryId id) =>
        new(ErrorCode.StorageCorrupt, $"memory {id} was damaged on disk: its content does not have its SHA-256, or a field cannot be; it is not given, and nothing else is concerned",
            "store the same text again or give it new content with update_memory, which heals it, or erase it with delete_memory and purge; backups may have it whole");

    /// <summary>There is no such memory.</summary>
    public static FailureException NoMemory(MemoryId id, string galaxy) =>
        new(ErrorCode.NotFound, $"memory_id {id} is not in galaxy {galaxy}", "search_memories or list_memories give ids that exist; another galaxy is chosen with the argument galaxy");
}
