using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance;

/// <summary>The example policies of docs/governance.md: each has a block of rules and a block of cases.</summary>
internal static partial class PolicyPage
{
    public sealed record Policy(int Number, string Title, string Rules, string Cases);

    public static IReadOnlyList<Policy> Read()
    {
        var policies = new List<Policy>();
        foreach (Match match in Section().Matches(File.ReadAllText(Repository.File("docs/governance.md"))))
        {
            policies.Add(new Policy(int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value));
        }

        return policies;
    }

    [GeneratedRegex(@"^### (\d+)\. (.+)\n\n```yaml\n(rules:\n(?:.*\n)*?)```\n\n```yaml\n(cases:\n(?:.*\n)*?)```\n", RegexOptions.Multiline)]
    private static partial Regex Section();
}
