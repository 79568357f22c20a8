namespace WhiteMagic.Memory;

/// <summary>The rule for names of galaxies, which are also names of folders.</summary>
public static class GalaxyName
{
    /// <summary>The galaxy that always exists.</summary>
    public const string Default = "default";

    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "1 to 64 characters a-z, 0-9, - and _, the first a letter or digit";

    /// <summary>Whether a name is allowed.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > Limits.GalaxyChars || !char.IsAsciiLetterOrDigit(name[0]))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the name, or throws the failure that says what is allowed.</summary>
    public static string Check(string name) =>
        IsValid(name) ? name : throw FailureException.Invalid($"galaxy {Quoted(name)} is not a valid name; allowed: {Allowed}");

    // A hostile name is echoed only as far as it is readable.
    private static string Quoted(string name) => "\"" + (name.Length > 80 ? name[..(char.IsHighSurrogate(name[79]) ? 79 : 80)] + "…" : name) + "\"";
}
