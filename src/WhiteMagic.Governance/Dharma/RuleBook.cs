using System;
using System.Collections.Generic;
using WhiteMagic.Yaml;

namespace WhiteMagic.Governance.Dharma;

/// <summary>All rules that were read, of every profile; makes the set that is in force under one of them.</summary>
public sealed class RuleBook
{
    private static readonly string[] _builtInProfiles = [Rule.DefaultProfile, "creative", "secure", "violet"];

    private readonly List<RuleDraft> _drafts = [];

    private RuleBook()
    {
    }

    /// <summary>The profiles that have rules, and those that come with the program.</summary>
    public IReadOnlyList<string> Profiles { get; private set; } = [];

    /// <summary>Reads documents, in this order, over the built-in rules.</summary>
    /// <param name="documents">Name and UTF-8 of each.</param>
    /// <exception cref="YamlException">One of them is not a file of rules.</exception>
    public static RuleBook Read(params IReadOnlyList<RuleDocument> documents)
    {
        var book = new RuleBook();
        var drafts = new List<RuleDraft>();
        RuleReader.Read(BuiltInRules.Yaml, BuiltInRules.FileName, drafts);
        foreach (RuleDocument document in documents)
        {
            RuleReader.Read(document.Utf8, document.Name, drafts);
            if (drafts.Count > RuleReader.MostRules)
            {
                throw drafts[^1].Node.Error("there are more than 10,000 rules in all files together");
            }
        }

        book.Merge(drafts);

        // A profile that is not active must not hide an error until the day it is.
        foreach (string profile in book.Profiles)
        {
            book.RulesOf(profile);
        }

        return book;
    }

    /// <summary>The rules in force under a profile: those of <c>default</c>, changed by those of the same name in the profile, and the profile's own.</summary>
    public Ruleset Under(string profile) => new(profile, RulesOf(profile));

    private List<Rule> RulesOf(string profile)
    {
        var rules = new List<Rule>();
        foreach (RuleDraft draft in _drafts)
        {
            if (draft.Profile == Rule.DefaultProfile)
            {
                RuleDraft? changed = profile == Rule.DefaultProfile ? null : Find(draft.Name, profile);
                rules.Add(RuleReader.Build(changed?.Over(draft) ?? draft));
            }
            else if (draft.Profile == profile && Find(draft.Name, Rule.DefaultProfile) is null)
            {
                rules.Add(RuleReader.Build(draft));
            }
        }

        return rules;
    }

    // The same name and profile again changes what was said before, in its place.
    private void Merge(List<RuleDraft> drafts)
    {
        var profiles = new List<string>(_builtInProfiles);
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (RuleDraft draft in drafts)
        {
            string key = draft.Profile + "/" + draft.Name;
            if (places.TryGetValue(key, out Place? place))
            {
                _drafts[place.Index] = draft.Over(_drafts[place.Index]);
            }
            else
            {
                places.Add(key, new Place(_drafts.Count));
                _drafts.Add(draft);
            }

            if (!profiles.Contains(draft.Profile))
            {
                profiles.Add(draft.Profile);
            }
        }

        Profiles = profiles;
        _places = places;
    }

    private Dictionary<string, Place> _places = [];

    private RuleDraft? Find(string name, string profile) => _places.TryGetValue(profile + "/" + name, out Place? place) ? _drafts[place.Index] : null;

    private sealed class Place(int index)
    {
        internal int Index { get; } = index;
    }
}

/// <summary>A file of rules.</summary>
/// <param name="name">What errors call it.</param>
/// <param name="utf8">What is in it.</param>
public sealed class RuleDocument(string name, byte[] utf8)
{
    /// <summary>What errors call it.</summary>
    public string Name { get; } = name;

    /// <summary>What is in it.</summary>
    public byte[] Utf8 { get; } = utf8;
}
