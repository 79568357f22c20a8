using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance;

/// <summary>Leads every deed through the stages. The only place where a <see cref="Permit"/> is issued.</summary>
/// <param name="stages">The stages in the order in which they are asked.</param>
/// <param name="witnesses">Who is told how deeds ended.</param>
/// <param name="report">Receives the name of a stage or witness that threw, and what.</param>
public sealed class Governor(IReadOnlyList<IStage> stages, IReadOnlyList<IWitness> witnesses, Action<string, Exception> report)
{
    /// <summary>Rules on a deed. A stage that throws is a refusal of whatever would change something, and is passed over by what only reads.</summary>
    public Ruling Rule(Deed deed)
    {
        Hearing hearing = Hear(deed, onlyContent: false);
        return Ruling.Of(hearing, hearing.IsRefused ? null : new Permit(deed, Ruling.NamesOf(hearing), 1 - hearing.Severity));
    }

    /// <summary>
    /// Rules on a part of a deed that is permitted as a whole, such as one memory of an import: only the stages that judge content are asked,
    /// nothing is counted, and the rules that matched are noted in the permit of the whole. Where another module judged it than the whole, it is refused.
    /// </summary>
    /// <returns>A ruling without a permit: what matters is its outcome, and what a rule took out.</returns>
    public Ruling RulePart(Deed part, Permit whole)
    {
        Hearing hearing = Hear(part, onlyContent: true);
        if (whole.IsOfModuleOf(hearing))
        {
            whole.AddPart(hearing);
        }
        else
        {
            hearing.Refuse(Outcomes.PolicyBlocked, $"{part.Tool} was refused, since the governance module changed while the call ran", "call again for what was not taken");
        }

        return Ruling.Of(hearing, null);
    }

    private Hearing Hear(Deed deed, bool onlyContent)
    {
        var hearing = new Hearing(deed);
        foreach (IStage stage in stages)
        {
            if (onlyContent && !stage.JudgesContent)
            {
                continue;
            }

            try
            {
                stage.Hear(hearing);
            }
#pragma warning disable CA1031 // Whatever a defect throws, no write passes without a ruling, and memory can still be read.
            catch (Exception e)
#pragma warning restore CA1031
            {
                report(stage.Name, e);
                if (deed.Effect != Effect.Read)
                {
                    hearing.Refuse(Outcomes.StageFailed, $"{deed.Tool} was refused because the stage {stage.Name} of governance failed; nothing was changed",
                        "reading still works; the log on stderr says what failed");
                }
            }

            if (hearing.IsRefused)
            {
                break;
            }
        }

        return hearing;
    }

    /// <summary>Tells the witnesses how a deed ended.</summary>
    public void Conclude(Deed deed, Ruling? ruling, in DeedEnd end)
    {
        foreach (IWitness witness in witnesses)
        {
            try
            {
                witness.Note(deed, ruling, end);
            }
#pragma warning disable CA1031 // The deed is done and entered; what a witness cannot note is not a reason to fail its caller.
            catch (Exception e)
#pragma warning restore CA1031
            {
                report(witness.Name, e);
            }
        }
    }
}
