namespace WhiteMagic.Governance;

/// <summary>Outcomes that governance itself writes into the ledger; the others are the error codes of the tools.</summary>
public static class Outcomes
{
    /// <summary>The deed was done.</summary>
    public const string Ok = "ok";

    /// <summary>The deed was refused because this process may only read.</summary>
    public const string PermissionDenied = "permission_denied";
}
