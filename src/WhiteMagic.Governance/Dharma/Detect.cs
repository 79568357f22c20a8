using System;

namespace WhiteMagic.Governance.Dharma;

/// <summary>What the detectors look for.</summary>
[Flags]
public enum Detect
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Credentials.</summary>
    Secrets = 1,

    /// <summary>Orders to the model.</summary>
    Instructions = 2,
}
