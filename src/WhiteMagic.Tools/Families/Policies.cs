using System;
using System.IO;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Dharma: the rules in force, and how a call would be ruled on.</summary>
internal static class Policies
{
    private static readonly TextParam _profile = new("profile") { IsRequired = true };
    private static readonly TextParam _tool = new("tool") { IsRequired = true };
    private static readonly ObjectParam _arguments = new("arguments");
    private static readonly Shape _state = Shape.Object(("profile", Shape.Text), ("rules", Shape.Any), Member.Maybe("problem", Shape.Text));

    internal static readonly Tool[] Tools =
    [
        Tool.Define("dharma_rules", Effect.Read, "Rules in force.", [], _state, ListRules),

        Tool.Define("dharma_reload", Effect.Read, "Read the rule files now.", [], _state, Reload),

        Tool.Define("set_dharma_profile", Effect.Write, "Make the rules stricter.", [_profile], Shape.Object(("profile", Shape.Text)), SetProfile, idempotent: true),

        Tool.Define("evaluate_ethics", Effect.Read, "How a call would be ruled on, without doing it.",
            [_tool, _arguments, Common.Galaxy], Shape.Object(("action", Shape.Text), ("score", Shape.Number), ("rules", Shape.Any)), Evaluate),

        Tool.Define("check_boundaries", Effect.Read, "Whether a call would be stopped, delayed or cut.",
            [_tool, _arguments, Common.Galaxy], Shape.Object(("within", Shape.Flag), ("boundaries", Shape.Any)), CheckBoundaries),
    ];

    private static void ListRules(Call call)
    {
        Ruleset rules = call.Workplace.Dharma.Current;
        WriteState(call, rules);
        call.Json.WriteStartArray("rules");
        foreach (Rule rule in rules.Rules)
        {
            call.Json.WriteStartObject();
            WriteRule(call.Json, rule);
            call.Json.WriteString("profile", rule.Profile);
            call.Json.WriteString("source", rule.Source);
            call.Json.WriteString("when", rule.Conditions);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
    }

    private static void Reload(Call call)
    {
        call.Workplace.Dharma.Reload();
        Ruleset rules = call.Workplace.Dharma.Current;
        WriteState(call, rules);
        call.Json.WriteNumber("rules", rules.Rules.Count);
    }

    private static void SetProfile(Call call)
    {
        string profile = call.Get(_profile)!;
        DharmaRules dharma = call.Workplace.Dharma;
        Ruleset wanted = dharma.Under(profile)
            ?? throw FailureException.Invalid($"there is no profile \"{ArgumentOf.Shown(profile)}\"; allowed: {string.Join(", ", dharma.Profiles)}");
        if (!call.Caller.MayRelax && wanted.FindRelaxed(dharma.Current) is { } lost)
        {
            throw new FailureException(ErrorCode.PermissionDenied, $"profile {profile} would lose or relax rule {lost.Name}, and over MCP a profile can only be made stricter",
                $"a person may run: wm dharma profile {profile}");
        }

        // The root is there, and its user's alone, once its store is.
        _ = call.Galaxy;
        try
        {
            dharma.SetProfile(profile, call.Permit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(ErrorCode.StorageReadonly, $"{DharmaRules.ProfileFileName} in the state root cannot be written; the profile is as before", "wm doctor checks the root", inner: e);
        }

        call.Json.WriteString("profile", profile);
    }

    private static void Evaluate(Call call)
    {
        Judgement judgement = Judge(call);
        call.Json.WriteString("action", judgement.Action is { } action ? RuleActions.NameOf(action) : "allow");
        call.Json.WriteNumber("score", Math.Round(judgement.Score, 6));
        WriteRules(call.Json, "rules", judgement, RuleAction.Log);
    }

    private static void CheckBoundaries(Call call)
    {
        Judgement judgement = Judge(call);
        call.Json.WriteBoolean("within", !(judgement.Action >= RuleAction.Throttle));
        WriteRules(call.Json, "boundaries", judgement, RuleAction.Throttle);
    }

    private static Judgement Judge(Call call)
    {
        string name = call.Get(_tool)!;
        Tool tool = new Catalog(coreOnly: false).Find(name) ?? throw FailureException.Invalid($"there is no tool \"{ArgumentOf.Shown(name)}\"; capabilities names all");
        using JsonDocument given = JsonDocument.Parse(call.Get(_arguments) ?? "{}");

        // The arguments are judged as they are, even where the tool would refuse them.
        var deed = new Deed
        {
            Tool = tool.Name,
            Effect = tool.Effect,
            Agent = call.Caller.Agent,
            Session = "",
            Galaxy = call.GalaxyName,
            Arguments = CanonicalJson.Of(given.RootElement),
            StartedAtMs = call.Workplace.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            StartedTimestamp = 0,
            FindTargetTags = () => TargetTags.Of(call.Galaxy, TargetTags.NamedIn(given.RootElement)),
        };
        Judgement judgement = call.Workplace.Dharma.Current.Judge(deed);
        if (call.Workplace.Scorer is not { } scorer)
        {
            return judgement;
        }

        Judgement merged = new DharmaModule(scorer).Judge(deed, judgement, out _, out string failure);
        return failure.Length == 0 ? merged : throw new FailureException(Outcomes.PolicyBlocked, failure, "wm governance list shows the modules; what changes something is refused meanwhile");
    }

    private static void WriteState(Call call, Ruleset rules)
    {
        call.Json.WriteString("profile", rules.Profile);
        if (call.Workplace.Dharma.Problem is { Length: > 0 } problem)
        {
            call.Json.WriteString("problem", problem + "; " + call.Workplace.Dharma.Consequence);
        }
    }

    private static void WriteRules(Utf8JsonWriter json, string name, Judgement judgement, RuleAction least)
    {
        json.WriteStartArray(name);
        foreach (Rule rule in judgement.Rules)
        {
            if (rule.Action >= least)
            {
                json.WriteStartObject();
                WriteRule(json, rule);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule)
    {
        json.WriteString("name", rule.Name);
        json.WriteString("action", RuleActions.NameOf(rule.Action));
        json.WriteNumber("severity", rule.Severity);
        if (rule.Explain.Length > 0)
        {
            json.WriteString("explain", rule.Explain);
        }
    }
}
