using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Dharma;

/// <summary>The rules in force, made ready to judge: an index says which rules a text can concern, and only those are asked.</summary>
public sealed class Ruleset
{
    // Tools and effects that were asked about; a caller cannot make more of them than there are tools.
    private const int MostPlans = 1024;

    private readonly object _gate = new();
    private readonly Facts _facts = new();
    private readonly TextIndex _index;
    private readonly bool[] _isHit;
    private readonly List<int> _hits = [];
    private readonly Dictionary<string, Plan> _plans = [];

    internal Ruleset(string profile, IReadOnlyList<Rule> rules)
    {
        Profile = profile;
        Rules = rules;
        _index = new TextIndex(rules);
        _isHit = new bool[rules.Count];
    }

    /// <summary>The active profile.</summary>
    public string Profile { get; }

    /// <summary>The rules in force, in the order in which they were read.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Says what the rules say about a deed. Safe from several threads.</summary>
    public Judgement Judge(Deed deed)
    {
        lock (_gate)
        {
            Plan plan = PlanOf(deed);
            if (plan.Always.Length == 0 && !plan.HasText)
            {
                return Judgement.Nothing;
            }

            _facts.Set(deed);
            List<Rule>? matching = null;
            foreach (int rule in plan.Always)
            {
                Ask(rule, ref matching);
            }

            if (plan.HasText)
            {
                _index.Find(_facts.Folded, _isHit, _hits);
                foreach (int rule in _hits)
                {
                    _isHit[rule] = false;
                    if (plan.IsByText[rule])
                    {
                        Ask(rule, ref matching);
                    }
                }

                _hits.Clear();
            }

            return matching is null ? Judgement.Nothing : Sum(matching);
        }
    }

    /// <summary>
    /// Finds a rule of another set that this one lost or relaxed: it has no rule of that name with the same conditions, at least its action and at
    /// least its severity. Null when there is none, so that changing to this set is a tightening.
    /// </summary>
    public Rule? FindRelaxed(Ruleset other)
    {
        var own = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (Rule rule in Rules)
        {
            own[rule.Name] = rule;
        }

        foreach (Rule rule in other.Rules)
        {
            if (!own.TryGetValue(rule.Name, out Rule? kept) || kept.Action < rule.Action || kept.Severity < rule.Severity || kept.Conditions != rule.Conditions)
            {
                return rule;
            }
        }

        return null;
    }

    private void Ask(int index, ref List<Rule>? matching)
    {
        Rule rule = Rules[index];
        if (rule.Matches(_facts))
        {
            (matching ??= []).Add(rule);
        }
    }

    private Judgement Sum(List<Rule> matching)
    {
        RuleAction action = RuleAction.Log;
        double severity = 0;
        bool asksForSecrets = false;
        foreach (Rule rule in matching)
        {
            action = rule.Action > action ? rule.Action : action;
            severity = Math.Max(severity, rule.Severity);
            asksForSecrets |= (rule.Match.Detect & Detect.Secrets) != 0;
        }

        return new Judgement
        {
            Rules = matching,
            Action = action,
            Severity = severity,
            Secret = asksForSecrets ? _facts.Found(Detect.Secrets) : null,
        };
    }

    private Plan PlanOf(Deed deed)
    {
        if (_plans.TryGetValue(deed.Tool, out Plan? plan) && plan.Effect == deed.Effect)
        {
            return plan;
        }

        if (_plans.Count >= MostPlans)
        {
            _plans.Clear();
        }

        return _plans[deed.Tool] = MakePlan(deed.Tool, deed.Effect);
    }

    private Plan MakePlan(string tool, Effect effect)
    {
        var always = new List<int>();
        bool[] isByText = new bool[Rules.Count];
        bool hasText = false;
        for (int i = 0; i < Rules.Count; i++)
        {
            if (!Rules[i].Match.Concerns(tool, effect))
            {
                continue;
            }

            if (_index.Covers(i))
            {
                isByText[i] = true;
                hasText = true;
            }
            else
            {
                always.Add(i);
            }
        }

        return new Plan(effect, always.ToArray(), isByText, hasText);
    }

    /// <summary>Which rules concern a tool with an effect.</summary>
    private sealed class Plan(Effect effect, int[] always, bool[] isByText, bool hasText)
    {
        internal Effect Effect { get; } = effect;

        /// <summary>Those that the index does not cover.</summary>
        internal int[] Always { get; } = always;

        /// <summary>Those that are asked only when the index hits them.</summary>
        internal bool[] IsByText { get; } = isByText;

        internal bool HasText { get; } = hasText;
    }
}
