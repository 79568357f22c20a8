using System.Linq;
using System.Text.RegularExpressions;

namespace WhiteMagic.Kernels.Tests.Search;

/// <summary>The rules of Porter's paper as regular expressions over strings.</summary>
internal static class NaivePorter
{
    private const string Rules2 =
        "ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e ousli:ous ization:ize ation:ate ator:ate alism:al "
        + "iveness:ive fulness:ful ousness:ous aliti:al iviti:ive biliti:ble logi:log";

    private const string Rules3 = "icate:ic ative: alize:al iciti:ic ical:ic ful: ness:";
    private const string Rules4 = "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ion: ou: ism: ate: iti: ous: ive: ize:";

    public static string Stem(string w)
    {
        if (w.Length < 3)
        {
            return w;
        }

        w = w.EndsWith("sses") || w.EndsWith("ies") ? w[..^2] : w.EndsWith('s') && !w.EndsWith("ss") ? w[..^1] : w;
        if (w.EndsWith("eed"))
        {
            w = Measure(w[..^3]) > 0 ? w[..^1] : w;
        }
        else if (Regex.Match(w, "(ed|ing)$") is { Success: true } past && Form(w[..past.Index]).Contains('v'))
        {
            w = w[..past.Index];
            w = Regex.IsMatch(w, "(at|bl|iz)$") ? w + "e"
                : w.Length > 1 && w[^1] == w[^2] && Form(w)[^1] == 'c' ? (w[^1] is 'l' or 's' or 'z' ? w : w[..^1])
                : Measure(w) == 1 && IsShort(w) ? w + "e" : w;
        }

        w = w.EndsWith('y') && Form(w[..^1]).Contains('v') ? w[..^1] + "i" : w;
        w = Apply(Apply(Apply(w, Rules2, 0), Rules3, 0), Rules4, 1);
        w = w.EndsWith('e') && (Measure(w[..^1]) > 1 || (Measure(w[..^1]) == 1 && !IsShort(w[..^1]))) ? w[..^1] : w;
        return w.EndsWith("ll") && Measure(w) > 1 ? w[..^1] : w;
    }

    private static string Apply(string word, string rules, int above)
    {
        string[]? rule = rules.Split(' ').Select(r => r.Split(':')).Where(r => word.EndsWith(r[0])).MaxBy(r => r[0].Length);
        string stem = rule == null ? word : word[..^rule[0].Length];
        return rule == null || Measure(stem) <= above || (rule[0] == "ion" && !Regex.IsMatch(stem, "[st]$")) ? word : stem + rule[1];
    }

    // v and c for each letter.
    private static string Form(string word)
    {
        string form = "";
        foreach (char c in word)
        {
            form += "aeiou".Contains(c) || (c == 'y' && form.EndsWith('c')) ? 'v' : 'c';
        }

        return form;
    }

    private static int Measure(string stem) => Regex.Count(Form(stem), "vc");

    private static bool IsShort(string stem) => Form(stem).EndsWith("cvc") && !"wxy".Contains(stem[^1]);
}
