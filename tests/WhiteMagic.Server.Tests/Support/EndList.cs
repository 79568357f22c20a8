using System.Collections.Generic;
using WhiteMagic.Governance;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>A witness that keeps what it is told.</summary>
internal sealed class EndList : IWitness
{
    public List<(Deed Deed, Ruling? Ruling, DeedEnd End)> All { get; } = [];

    public string Name => "list";

    public void Note(Deed deed, Ruling? ruling, in DeedEnd end) => All.Add((deed, ruling, end));
}
