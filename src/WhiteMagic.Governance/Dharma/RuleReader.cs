using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using WhiteMagic.Governance.Dharma.Patterns;
using WhiteMagic.Yaml;

namespace WhiteMagic.Governance.Dharma;

/// <summary>Reads rules from YAML. Whatever is not a rule is refused with its place and what is allowed there.</summary>
internal static class RuleReader
{
    /// <summary>A file may hold this many rules.</summary>
    internal const int MostRules = 10_000;

    private const int MostNameChars = 64;
    private const int MostExplainChars = 1000;
    private const int MostValues = 256;
    private const int MostSize = 16 << 20;
    private const int MinutesOfHour = 60;

    private const double UsualSeverity = 0.5;

    private static readonly string[] _matcherNames =
    [
        "tool_patterns", "effects", "keywords", "patterns", "detect", "min_size", "galaxies", "agents", "hours", "weekdays", "utc_offset", "missing_fields", "target_tags",
    ];

    private static readonly string[] _ruleNames = ["name", "description", "profile", "action", "severity", "explain", .. _matcherNames, "unless"];

    private static readonly string[] _effects = ["read", "write", "delete", "external"];
    private static readonly string[] _weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Adds the rules of a document to a list.</summary>
    /// <exception cref="YamlException">It is not YAML of our subset, or not rules.</exception>
    internal static void Read(ReadOnlySpan<byte> utf8, string file, List<RuleDraft> drafts)
    {
        YamlNode document = YamlReader.Parse(utf8, file);
        YamlNode? rules = new YamlFields(document, "rules").Find("rules");
        if (rules is null or YamlScalar { IsNull: true })
        {
            return;
        }

        if (rules is not YamlList list)
        {
            throw rules.Error("\"rules\" is " + rules.Describe() + ", but must be a list of rules");
        }

        if (list.Count > MostRules)
        {
            throw list.Error(string.Create(CultureInfo.InvariantCulture, $"a file may hold {MostRules} rules"));
        }

        for (int i = 0; i < list.Count; i++)
        {
            drafts.Add(ReadRule(list[i]));
        }
    }

    /// <summary>Makes the rule that is in force of a draft that has got everything it inherits.</summary>
    /// <exception cref="YamlException">It matches nothing in particular, or cannot do what it says.</exception>
    internal static Rule Build(RuleDraft draft)
    {
        RuleAction action = draft.Action ?? throw draft.Node.Error($"rule \"{draft.Name}\" has no action, and there is no rule of that name from which it could inherit one; allowed: "
            + string.Join(", ", RuleActions.Names));
        if (draft.Match is not { } match)
        {
            throw draft.Node.Error($"rule \"{draft.Name}\" matches nothing: give at least one of " + string.Join(", ", _matcherNames));
        }

        return action == RuleAction.Redact && match.Detect != Detect.Secrets
            ? throw draft.Node.Error($"rule \"{draft.Name}\": the action redact needs detect: secrets, and nothing else to detect")
            : new Rule(match, draft.Unless)
            {
                Name = draft.Name,
                Profile = draft.Profile,
                Description = draft.Description ?? "",
                Action = action,
                Severity = draft.Severity ?? UsualSeverity,
                Explain = draft.Explain ?? "",
                Source = draft.Node.File == BuiltInRules.FileName ? BuiltInRules.FileName : string.Create(CultureInfo.InvariantCulture, $"{draft.Node.File}:{draft.Node.Line}"),
            };
    }

    /// <summary>Whether a text can be the name of a rule or profile.</summary>
    internal static bool IsName(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= MostNameChars;
    }

    private static RuleDraft ReadRule(YamlNode node)
    {
        var fields = new YamlFields(node, _ruleNames);
        return new RuleDraft
        {
            Name = Name(fields, "name", fields.Text("name")),
            Profile = Name(fields, "profile", fields.Text("profile", Rule.DefaultProfile)!),
            Node = node,
            Description = Short(fields, "description"),
            Action = fields.Find("action") is null ? null : RuleActions.Parse(fields.Choice("action", "", RuleActions.Names)),
            Severity = fields.Find("severity") is null ? null : fields.Number("severity", 0, 0, 1),
            Explain = Short(fields, "explain"),
            Match = HasMatcher(fields) ? ReadMatchers(fields) : null,
            Unless = fields.Find("unless") is null ? null : ReadUnless(fields),
        };
    }

    private static bool HasMatcher(YamlFields fields)
    {
        foreach (string name in _matcherNames)
        {
            if (fields.Find(name) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static Matchers ReadUnless(YamlFields rule)
    {
        YamlFields fields = rule.Section("unless", _matcherNames);
        return HasMatcher(fields) ? ReadMatchers(fields) : throw rule.Require("unless").Error("\"unless\" has nothing that could hold: give at least one of " + string.Join(", ", _matcherNames));
    }

    private static Matchers ReadMatchers(YamlFields fields)
    {
        var signature = new StringBuilder();
        var match = new Matchers
        {
            ToolPatterns = Texts(fields, "tool_patterns", signature),
            Effects = Bits(fields, "effects", _effects, signature) << 1,
            Keywords = Keywords(fields, signature),
            Patterns = Patterns(fields, signature),
            Detect = (Detect)Bits(fields, "detect", ["secrets", "instructions"], signature),
            MinSize = (int)Size(fields, signature),
            Galaxies = Texts(fields, "galaxies", signature),
            Agents = Texts(fields, "agents", signature),
            Hours = Hours(fields, signature),
            Weekdays = Bits(fields, "weekdays", _weekdays, signature),
            UtcOffsetMinutes = UtcOffset(fields, signature),
            MissingFields = Texts(fields, "missing_fields", signature),
            TargetTags = Lower(Texts(fields, "target_tags", signature)),
            Signature = signature.ToString(),
        };
        return fields.Find("utc_offset") is { } offset && match.Hours.Length == 0 && match.Weekdays == 0
            ? throw offset.Error("\"utc_offset\" belongs to hours or weekdays, and neither is given")
            : match;
    }

    private static string Name(YamlFields fields, string field, string name) =>
        IsName(name) ? name : throw fields.Require(field).Error($"\"{field}\" has 1 to 64 letters, digits, - _ or .");

    private static string? Short(YamlFields fields, string name)
    {
        string? text = fields.Text(name, null);
        return text is null || text.Length <= MostExplainChars ? text : throw fields.Require(name).Error($"\"{name}\" is longer than 1,000 characters");
    }

    // One text stands for a list of one: that is what people write.
    private static string[] Texts(YamlFields fields, string name, StringBuilder signature)
    {
        YamlNode? node = fields.Find(name);
        if (node is null)
        {
            return [];
        }

        IReadOnlyList<string> texts = node is YamlScalar ? [fields.Text(name)] : fields.Texts(name);
        if (texts.Count is 0 or > MostValues)
        {
            throw node.Error($"\"{name}\" has 1 to 256 values");
        }

        string[] array = new string[texts.Count];
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = texts[i].Length > 0 ? texts[i] : throw node.Error($"\"{name}\" holds an empty text, which says nothing");
        }

        Sign(signature, name, string.Join(", ", array));
        return array;
    }

    private static int Bits(YamlFields fields, string name, string[] allowed, StringBuilder signature)
    {
        YamlNode? node = fields.Find(name);
        if (node is null)
        {
            return 0;
        }

        IReadOnlyList<string> values = node is YamlScalar ? [fields.Choice(name, "", allowed)] : fields.Texts(name, allowed);
        int bits = 0;
        foreach (string value in values)
        {
            bits |= 1 << Array.IndexOf(allowed, value);
        }

        if (bits == 0)
        {
            throw node.Error($"\"{name}\" is empty; allowed: " + string.Join(", ", allowed));
        }

        Sign(signature, name, string.Join(", ", values));
        return bits;
    }

    private static Keyword[] Keywords(YamlFields fields, StringBuilder signature)
    {
        string[] texts = Texts(fields, "keywords", signature);
        var keywords = new Keyword[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            keywords[i] = Keyword.Of(texts[i])
                ?? throw fields.Require("keywords").Error("a keyword begins with a letter or digit; for anything else use patterns");
        }

        return keywords;
    }

    private static Pattern[] Patterns(YamlFields fields, StringBuilder signature)
    {
        string[] texts = Texts(fields, "patterns", signature);
        var patterns = new Pattern[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            try
            {
                patterns[i] = Pattern.Parse(texts[i]);
            }
            catch (PatternException e)
            {
                YamlNode node = fields.Require("patterns");
                throw (node is YamlList list ? list[i] : node).Error(e.Message);
            }
        }

        return patterns;
    }

    private static long Size(YamlFields fields, StringBuilder signature)
    {
        long size = fields.WholeNumber("min_size", 0, 1, MostSize);
        if (size > 0)
        {
            Sign(signature, "min_size", size.ToString(CultureInfo.InvariantCulture));
        }

        return size;
    }

    private static HourSpan[] Hours(YamlFields fields, StringBuilder signature)
    {
        string[] texts = Texts(fields, "hours", signature);
        var spans = new HourSpan[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            int dash = texts[i].IndexOf('-', StringComparison.Ordinal);
            int start = dash < 0 ? -1 : MinuteOf(texts[i].AsSpan(0, dash));
            int end = dash < 0 ? -1 : MinuteOf(texts[i].AsSpan(dash + 1));
            spans[i] = start >= 0 && end >= 0 && start != end ? new HourSpan(start, end)
                : throw fields.Require("hours").Error("\"hours\" are \"09:00-17:00\", or over midnight \"22:00-06:00\"; the end is not included");
        }

        return spans;
    }

    private static int UtcOffset(YamlFields fields, StringBuilder signature)
    {
        string? text = fields.Text("utc_offset", null);
        if (text is null)
        {
            return 0;
        }

        int minutes = text.Length == 6 && text[0] is '+' or '-' ? MinuteOf(text.AsSpan(1)) : -1;
        if (minutes is < 0 or > 14 * MinutesOfHour)
        {
            throw fields.Require("utc_offset").Error("\"utc_offset\" is \"+02:00\" or \"-05:30\", at most 14 hours");
        }

        Sign(signature, "utc_offset", text);
        return text[0] == '-' ? -minutes : minutes;
    }

    // Minutes since midnight; 24:00 is the end of a day. -1 when it is no time.
    private static int MinuteOf(ReadOnlySpan<char> text)
    {
        if (text.Length != 5 || text[2] != ':' || !IsDigits(text[..2]) || !IsDigits(text[3..]))
        {
            return -1;
        }

        int hour = ((text[0] - '0') * 10) + (text[1] - '0');
        int minute = ((text[3] - '0') * 10) + (text[4] - '0');
        return hour < 24 && minute < MinutesOfHour ? (hour * MinutesOfHour) + minute : hour == 24 && minute == 0 ? 24 * MinutesOfHour : -1;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]);

    private static string[] Lower(string[] tags)
    {
        for (int i = 0; i < tags.Length; i++)
        {
            tags[i] = tags[i].ToLowerInvariant();
        }

        return tags;
    }

    private static void Sign(StringBuilder signature, string name, string value) =>
        signature.Append(signature.Length > 0 ? "; " : "").Append(name).Append(": ").Append(value);
}
