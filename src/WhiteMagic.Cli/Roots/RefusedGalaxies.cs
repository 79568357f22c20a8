using System.Collections.Generic;
using WhiteMagic.Governance;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Roots;

/// <summary>
/// Stands in for the galaxies of a root that must not be used: a server still starts, so that its client learns from the first call what is
/// wrong instead of seeing a process that died.
/// </summary>
internal sealed class RefusedGalaxies(string root, FailureException reason) : IGalaxies
{
    public string Root => root;

    public string Active => throw Refusal();

    public IGalaxyStore Open(string name) => throw Refusal();

    public void Create(string name, string description, Permit permit) => throw Refusal();

    public IReadOnlyList<GalaxyInfo> List() => throw Refusal();

    public void FlushPending()
    {
        // Nothing was opened, so nothing waits.
    }

    private FailureException Refusal() => new(reason.Code, reason.Message, reason.Hint, reason.Retryable, reason);
}
