namespace WhiteMagic.Governance;

/// <summary>What a deed does to the world. The numbers are persisted in the ledger and never change; there is no default.</summary>
public enum Effect
{
    /// <summary>Changes nothing but access counters.</summary>
    Read = 1,

    /// <summary>Adds or changes memories or settings; what was there can be had back.</summary>
    Write = 2,

    /// <summary>Takes memories away.</summary>
    Delete = 3,

    /// <summary>Reaches outside the state root.</summary>
    External = 4,
}
