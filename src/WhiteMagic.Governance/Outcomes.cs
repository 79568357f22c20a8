namespace WhiteMagic.Governance;

/// <summary>Outcomes that governance itself writes into the ledger; the others are the error codes of the tools.</summary>
public static class Outcomes
{
    /// <summary>The deed was done.</summary>
    public const string Ok = "ok";

    /// <summary>The deed was refused because this process may only read.</summary>
    public const string PermissionDenied = "permission_denied";

    /// <summary>The deed was refused by a rule.</summary>
    public const string PolicyBlocked = "policy_blocked";

    /// <summary>The deed was refused because its budget is used up for now.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The deed was refused because its tool has failed too often lately.</summary>
    public const string CircuitBreakerOpen = "circuit_breaker_open";

    /// <summary>The deed was refused because a stage of governance failed.</summary>
    public const string StageFailed = "stage_failed";

    /// <summary>Whether an outcome is a refusal by governance: the tool was not reached.</summary>
    public static bool IsRefusal(string outcome) => outcome is PermissionDenied or PolicyBlocked or RateLimited or CircuitBreakerOpen or StageFailed;
}
