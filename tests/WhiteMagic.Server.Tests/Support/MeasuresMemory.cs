namespace WhiteMagic.Server.Tests.Support;

/// <summary>Tests that look at the memory of the whole process: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresMemory
{
    public const string Name = "measures memory";
}
