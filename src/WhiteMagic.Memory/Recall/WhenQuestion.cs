using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>Whether a question asks for a time.</summary>
internal static class WhenQuestion
{
    // Scripts without spaces: the words are looked for as they stand.
    private static readonly string[] _unspaced = ["什么时候", "什麼時候", "何时", "何時", "几点", "幾點", "哪天", "哪一天", "哪年", "何日", "언제"];

    internal static bool Asks(string question, ReadOnlySpan<TimeToken> tokens) => AsksInWords(tokens) || AsksUnspaced(question);

    private static bool AsksInWords(ReadOnlySpan<TimeToken> tokens)
    {
        bool hasAsked = false;
        bool hasNamed = false;
        for (int i = 0; i < tokens.Length; i++)
        {
            TimeToken token = tokens[i];
            TimeWordKind before = i > 0 ? tokens[i - 1].Kind : TimeWordKind.Stop;
            switch (token.Kind)
            {
                case TimeWordKind.Stop or TimeWordKind.Dot:
                    (hasAsked, hasNamed) = (false, false);
                    break;

                // In "what did she say when he came" another word asks, and when only joins; in "do you know when he came" it asks.
                case TimeWordKind.When when token.Value == 1 || !hasAsked || before is TimeWordKind.Since or TimeWordKind.And || (before == TimeWordKind.Knows && !hasNamed):
                    return true;
                case TimeWordKind.Asks:
                    hasAsked = true;
                    hasNamed |= token.Value != 0;
                    int next = i + 1;
                    if (token.Value == 1)
                    {
                        // What exact day; what was the date.
                        bool isNamed = KindAt(tokens, next) == TimeWordKind.Asks && KindAt(tokens, next + 1) == TimeWordKind.Of;
                        next += isNamed ? 2 : 0;
                        next += KindAt(tokens, next) == TimeWordKind.Exact ? 1 : 0;
                        TimeToken asked = next < tokens.Length ? tokens[next] : default;
                        if ((asked.Kind == TimeWordKind.Time && (asked.Value == 0 || IsTimeItself(tokens, next + 1)))
                            || (!isNamed && asked.Kind == TimeWordKind.Unit && asked.Value is >= (int)TimeUnit.Day and <= (int)TimeUnit.Weekend))
                        {
                            return true;
                        }
                    }
                    else if (token.Value == 2)
                    {
                        next += KindAt(tokens, next) is TimeWordKind.Of ? 1 : 0;
                        if (KindAt(tokens, next) is TimeWordKind.Long)
                        {
                            return true;
                        }
                    }

                    break;
                default:
                    break;
            }
        }

        return false;
    }

    // What time did, what time of day, what time?; but not what time management.
    private static bool IsTimeItself(ReadOnlySpan<TimeToken> tokens, int after) => after >= tokens.Length || tokens[after].Kind != TimeWordKind.None;

    private static bool AsksUnspaced(string question)
    {
        foreach (string word in _unspaced)
        {
            if (question.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        // いつも is always.
        for (int at = question.IndexOf("いつ", StringComparison.Ordinal); at >= 0; at = question.IndexOf("いつ", at + 1, StringComparison.Ordinal))
        {
            if (at + 2 == question.Length || question[at + 2] != 'も')
            {
                return true;
            }
        }

        return false;
    }

    private static TimeWordKind KindAt(ReadOnlySpan<TimeToken> tokens, int at) => at < tokens.Length ? tokens[at].Kind : TimeWordKind.None;
}
