using System.Globalization;
using WhiteMagic.Governance.Detection;
using WhiteMagic.Governance.Scoring;

namespace WhiteMagic.Governance.Dharma;

/// <summary>Puts the rules' judgement into effect.</summary>
/// <param name="rules">The rules in force.</param>
/// <param name="module">The module that is asked after them; null when there is none.</param>
public sealed class DharmaStage(DharmaRules rules, DharmaModule? module = null) : IStage
{
    private const int MostDelayMs = 2000;

    /// <inheritdoc/>
    public string Name => "dharma";

    /// <inheritdoc/>
    public bool JudgesContent => true;

    /// <inheritdoc/>
    public void Hear(Hearing hearing)
    {
        Ruleset? binding = rules.Binding;
        if (binding is null && hearing.Deed.Effect != Effect.Read)
        {
            hearing.Refuse(Outcomes.PolicyBlocked, $"{hearing.Deed.Tool} was refused, since the rules of this state root could not be taken: {rules.Problem}",
                "correct that file, and the next call is judged by it; reading works meanwhile, and so does wm dharma check");
            return;
        }

        Judgement judgement = (binding ?? rules.Current).Judge(hearing.Deed);
        if (module is not null && judgement.Action != RuleAction.Block)
        {
            judgement = AskModule(module, judgement, hearing);
        }

        bool redacts = false;
        foreach (Rule rule in judgement.Rules)
        {
            hearing.Match(rule.Name, rule.Severity);
            redacts |= rule.Action == RuleAction.Redact;
            Apply(rule, judgement, hearing);
        }

        if (redacts && !hearing.IsRefused)
        {
            hearing.Redact(SecretRedaction.Apply(hearing.Deed.Arguments.Span));
        }
    }

    // A module that fails says nothing: whatever it might have forbidden is refused.
    private static Judgement AskModule(DharmaModule module, Judgement judgement, Hearing hearing)
    {
        Judgement merged = module.Judge(hearing.Deed, judgement, out string mark, out string failure);
        if (mark.Length > 0)
        {
            hearing.Match(mark, 0);
        }

        if (failure.Length > 0 && hearing.Deed.Effect != Effect.Read)
        {
            hearing.Refuse(Outcomes.PolicyBlocked, $"{hearing.Deed.Tool} was refused, since {failure}", "wm governance list shows the modules; reading works meanwhile");
        }

        return merged;
    }

    private static void Apply(Rule rule, Judgement judgement, Hearing hearing)
    {
        switch (rule.Action)
        {
            case RuleAction.Tag:
                hearing.Warn("tagged " + rule.Name + Because(rule));
                break;
            case RuleAction.Warn:
                hearing.Warn(rule.Name + (rule.Explain.Length > 0 ? Because(rule) : " matches"));
                break;
            case RuleAction.Throttle:
                hearing.Delay((int)(rule.Severity * MostDelayMs));
                hearing.Warn(rule.Name + " made the call wait" + Because(rule));
                break;
            case RuleAction.Redact:
                hearing.Warn(rule.Name + " took out " + Shown(judgement) + Because(rule));
                break;
            case RuleAction.Block:
                hearing.Refuse(Outcomes.PolicyBlocked, $"rule {rule.Name} refuses {hearing.Deed.Tool}" + Because(rule) + Where(rule, judgement),
                    (rule.Source == DharmaModule.Source ? "wm governance list shows the modules" : "dharma_rules shows the rules") + " in force; do what the rule asks, or ask a person");
                break;
        }
    }

    private static string Because(Rule rule) => rule.Explain.Length > 0 ? ": " + rule.Explain : "";

    private static string Where(Rule rule, Judgement judgement) =>
        (rule.Match.Detect & Detect.Secrets) != 0 && judgement.Secret is not null ? $" Found: {Shown(judgement)}." : "";

    private static string Shown(Judgement judgement) => judgement.Secret is { } secret
        ? string.Create(CultureInfo.InvariantCulture, $"{secret.Kind} at byte {secret.Start} of the texts, {secret.Length} bytes long")
        : "secrets";
}
