using System.Collections.Generic;
using WhiteMagic.Governance;

namespace WhiteMagic.Memory;

/// <summary>The port to all galaxies of one state root.</summary>
public interface IGalaxies
{
    /// <summary>The folder that holds everything.</summary>
    string Root { get; }

    /// <summary>The galaxy that calls without one work on: as given at start, else as <c>galaxies.json</c> said then, else <c>default</c>.</summary>
    string Active { get; }

    /// <summary>Opens a galaxy; <c>default</c> is made when it is not there.</summary>
    /// <exception cref="FailureException">There is no such galaxy, or its database cannot be used.</exception>
    IGalaxyStore Open(string name);

    /// <summary>Makes a galaxy.</summary>
    /// <exception cref="FailureException">The name is not allowed or taken.</exception>
    void Create(string name, string description, Permit permit);

    /// <summary>All galaxies, <c>default</c> first, then by name.</summary>
    IReadOnlyList<GalaxyInfo> List();

    /// <summary>Commits the pending ledger entries and access counts of every open galaxy.</summary>
    void FlushPending();
}
