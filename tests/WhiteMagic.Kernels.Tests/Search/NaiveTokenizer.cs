using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace WhiteMagic.Kernels.Tests.Search;

/// <summary>The tokenizer's rules over strings, for texts of ASCII, Latin-1, Cyrillic, Chinese and emoji.</summary>
internal static class NaiveTokenizer
{
    private const string Stop =
        " a d i m s t am an as at be by do he if in is it ll me my no of on or re so to up us ve we ain all and any are but can did don few for had has her him "
        + "his how its nor not off our out own she the too was who why yet you also aren been both does down each from hadn hasn have haven here hers into isn "
        + "just more most must mustn once only over same shan some such than that them then they this upon very wasn were weren what when whom will with your "
        + "about above after again being below could didn doesn doing every might needn other ought ours shall should their there these those under until wasn "
        + "where which while whose would wouldn yours before cannot couldn during either except further having hadn itself mightn myself neither shouldn theirs "
        + "though through toward unless within against another because between herself himself ourselves themselves whether without yourself yourselves ";

    public static bool IsStopWord(string word) => Stop.Contains($" {word} ");

    public static List<string> Terms(string text)
    {
        var terms = new List<string>();

        // Words: letters and digits, single joiners between them. Signs: one by one.
        const string Sign = "[\u4e00-\u9fff]|\ud83d[\ude00-\ude4f]";
        const string Piece = "[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0400-\u04ff]";
        int previousEnd = -1;
        string previousSign = "";
        foreach (Match match in Regex.Matches(Unmark(text), $"(?<sign>{Sign})|{Piece}+([_./@:\\\\-]{Piece}+)*"))
        {
            if (match.Groups["sign"].Success)
            {
                terms.Add(match.Value);
                if (previousEnd == match.Index)
                {
                    terms.Add(previousSign + match.Value);
                }

                previousEnd = match.Index + match.Length;
                previousSign = match.Value;
                continue;
            }

            string cut = Regex.Replace(match.Value, "(?<=[^A-Z_./@:\\\\-])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z][a-z])", "\n");
            string[] parts = Regex.Split(cut, "[_./@:\\\\\n-]");
            terms.AddRange(parts.Select(Fold).Where(p => !IsStopWord(p)).Select(StemIfWord));
            if (parts.Length > 1)
            {
                terms.Add(StemIfWord(Fold(match.Value)));
            }
        }

        return terms;
    }

    // Combining marks are as if they were not there.
    private static string Unmark(string text) => Regex.Replace(text, "[\u0300-\u036f]", "");

    private static string StemIfWord(string term) => Regex.IsMatch(term, "^[a-z]{1,64}$") ? NaivePorter.Stem(term) : term;

    private static string Fold(string term)
    {
        var folded = new StringBuilder();
        foreach (char c in term.ToLowerInvariant())
        {
            folded.Append(c switch
            {
                '\u00df' => "ss",
                '\u00e6' => "ae",
                '\u00fe' => "th",
                '\u0451' => "\u0435",
                >= '\u00e0' and <= '\u00ff' => "aaaaaa?ceeeeiiiidnooooo?ouuuuy?y"[c - '\u00e0'].ToString(),
                _ => c.ToString(),
            });
        }

        return folded.ToString();
    }
}
