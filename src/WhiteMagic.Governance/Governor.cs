namespace WhiteMagic.Governance;

/// <summary>Rules on every deed. The only place where a <see cref="Permit"/> is issued.</summary>
/// <param name="readOnly">Whether every deed but reading is refused.</param>
public sealed class Governor(bool readOnly)
{
    /// <summary>Rules on a deed. There are no rules of content yet: what may be written is allowed.</summary>
    public Ruling Rule(Deed deed)
    {
        return readOnly && deed.Effect != Effect.Read
            ? Ruling.Refuse(Outcomes.PermissionDenied, $"{deed.Tool} would change something, and this server was started with --read-only")
            : Ruling.Allow(deed);
    }
}
