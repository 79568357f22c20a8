namespace WhiteMagic.Governance.Stages;

/// <summary>Refuses every deed but reading, in a process that was started to read only.</summary>
/// <param name="readOnly">Whether it was.</param>
public sealed class PermissionStage(bool readOnly) : IStage
{
    /// <inheritdoc/>
    public string Name => "permission";

    /// <inheritdoc/>
    public void Hear(Hearing hearing)
    {
        if (readOnly && hearing.Deed.Effect != Effect.Read)
        {
            hearing.Refuse(Outcomes.PermissionDenied, $"{hearing.Deed.Tool} would change something, and this server was started with --read-only");
        }
    }
}
