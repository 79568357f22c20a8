using System.Collections.Generic;
using System.Text;

namespace WhiteMagic.Cli.Defining;

/// <summary>A completion script, made from the rows of the verbs. zsh runs the function of bash through its bashcompinit.</summary>
internal static class CompletionScript
{
    /// <summary>The script for bash or zsh.</summary>
    internal static string For(string shell)
    {
        var script = new StringBuilder();
        if (shell == "zsh")
        {
            script.Append("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n");
        }

        script.Append(
            """
            _wm() {
              local word="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" verb="" words="" paths="" i
              COMPREPLY=()
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "${COMP_WORDS[i]}" in

            """);
        script.Append("      ").Append(Names(GlobalOptions.All, "|", withValue: true)).Append(") ((i++)) ;;\n");
        script.Append("      -*) ;;\n      *) verb=\"${verb:+$verb }${COMP_WORDS[i]}\"\n        case \"$verb\" in ");
        script.Append(string.Join("|", Groups())).Append(") ;; *) break ;; esac ;;\n    esac\n  done\n");
        AppendValues(script);
        AppendWords(script);
        script.Append(
            """
              COMPREPLY=($(compgen -W "$words" -- "$word"))
              if [[ -n $paths && $word != -* ]]; then COMPREPLY+=($(compgen -f -- "$word")); fi
            }
            complete -o filenames -F _wm wm

            """);
        return script.ToString();
    }

    // What may follow an option.
    private static void AppendValues(StringBuilder script)
    {
        script.Append("  case \"$verb $prev\" in\n    *' --state-root') COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n    *' --galaxy') return ;;\n");
        foreach (Verb verb in AllVerbs.Rows)
        {
            foreach (Option option in verb.Options)
            {
                if (option.Kind != OptionKind.Flag)
                {
                    script.Append("    '").Append(verb.Name).Append(' ').Append(option.Name).Append("') COMPREPLY=($(compgen -W '")
                        .Append(string.Join(" ", option.Choices)).Append("' -- \"$word\")); return ;;\n");
                }
            }
        }

        script.Append("  esac\n");
    }

    // What may stand where a word or an option may.
    private static void AppendWords(StringBuilder script)
    {
        string always = Names(GlobalOptions.All, " ", withValue: false);
        script.Append("  case \"$verb\" in\n    '') words='").Append(string.Join(" ", AllVerbs.FirstWords)).Append(" --version ").Append(always).Append("' ;;\n");
        foreach (string group in Groups())
        {
            script.Append("    ").Append(group).Append(") words='").Append(string.Join(" ", AllVerbs.Of(group))).Append("' ;;\n");
        }

        foreach (Verb verb in AllVerbs.Rows)
        {
            script.Append("    '").Append(verb.Name).Append("') words='");
            foreach (Operand operand in verb.Operands)
            {
                script.Append(string.Join(" ", operand.Choices)).Append(operand.Choices.Count > 0 ? " " : "");
            }

            if (verb.Name == "help")
            {
                script.Append(string.Join(" ", AllVerbs.FirstWords)).Append(' ');
            }

            string own = Names(verb.Options, " ", withValue: false);
            script.Append(own).Append(own.Length > 0 ? " " : "").Append(always).Append('\'').Append(TakesPath(verb) ? "; paths=1" : "").Append(" ;;\n");
        }

        script.Append("  esac\n");
    }

    private static bool TakesPath(Verb verb)
    {
        foreach (Operand operand in verb.Operands)
        {
            if (operand.IsPath)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Groups()
    {
        var groups = new List<string>();
        foreach (Verb verb in AllVerbs.Rows)
        {
            if (verb.Group.Length > 0 && !groups.Contains(verb.Group))
            {
                groups.Add(verb.Group);
            }
        }

        return groups;
    }

    private static string Names(IReadOnlyList<Option> options, string separator, bool withValue)
    {
        var names = new StringBuilder();
        foreach (Option option in options)
        {
            if (!withValue || option.Kind != OptionKind.Flag)
            {
                names.Append(names.Length > 0 ? separator : "").Append(option.Name);
            }
        }

        return names.ToString();
    }
}
