using System;
using WhiteMagic.Governance;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>A stage that does what a test says.</summary>
internal sealed class ScriptedStage(Action<Hearing> hear, bool judgesContent = false, string name = "scripted") : IStage
{
    public int HeardCount { get; private set; }

    public string Name => name;

    public bool JudgesContent => judgesContent;

    public void Hear(Hearing hearing)
    {
        HeardCount++;
        hear(hearing);
    }
}
