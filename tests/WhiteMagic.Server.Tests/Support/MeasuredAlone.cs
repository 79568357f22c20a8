namespace WhiteMagic.Server.Tests.Support;

/// <summary>Tests that measure milliseconds, or the memory of the whole process: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
