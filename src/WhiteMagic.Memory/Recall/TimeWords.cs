using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>Whether a text has a word of time: "yesterday", "ago", a month, a weekday, a year. Such a text may answer a question that asks when.</summary>
/// <remarks>
/// Called for every memory that is stored, so nothing is allocated and each byte is looked at once. A word of up to twelve letters is its own
/// key, five bits a byte, which tells no case; bytes of other scripts take part with their low bits, so that such words can be entries too.
/// </remarks>
public static class TimeWords
{
    private const int LongestWord = 12;
    private const int SlotBits = 11;
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private const byte Tells = 1;

    /// <summary>Tells after <see cref="Leads"/>: last night.</summary>
    private const byte TellsLed = 2;
    private const byte Leads = 4;

    /// <summary>Tells after <see cref="LeadsMonth"/> and beside a day's number: in May, May 8.</summary>
    private const byte TellsMonth = 8;
    private const byte LeadsMonth = 16;

    private static readonly ulong[] _keys = new ulong[1 << SlotBits];
    private static readonly byte[] _meanings = new byte[1 << SlotBits];

    static TimeWords()
    {
        Enter(Tells, Telling);
        Enter(TellsLed, "night morning afternoon evening summer winter spring fall autumn mon tue tues wed thu thurs fri sat sun nacht sommer herbst soir matin nuit hier noche verano"u8);
        Enter(TellsMonth, "may jan feb mar apr jun jul aug sep sept oct nov dec mai mars mayo"u8);
        Enter(Leads | LeadsMonth, "last next letzte letzten letzter nächste nächsten vorige vorigen"u8);
        Enter(Leads, "this diese diesen diesem dieser cette cet avant hier este esta"u8);
        Enter(LeadsMonth, "in of on since during early late mid by until im en seit anfang mitte ende début depuis"u8);
    }

    // Without the French "hier" alone, which is here in German, and the Spanish "mes", which is my in French.
    private static ReadOnlySpan<byte> Telling =>
        ("yesterday today tonight tomorrow ago weekend weekends recently just since january february march april june july august september october november "u8
        + "december monday tuesday wednesday thursday friday saturday sunday year years month months week weeks fortnight "u8
        + "gestern vorgestern heute morgen übermorgen wochenende woche wochen monat monate monaten jahr jahre jahren seit kürzlich neulich januar februar märz juni "u8
        + "juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag "u8
        + "aujourd demain semaine semaines mois ans année années depuis récemment janvier février avril juin juillet août septembre octobre novembre décembre "u8
        + "lundi mardi mercredi jeudi vendredi samedi dimanche ayer anoche anteayer hoy mañana semana semanas meses año años hace pasado pasada desde enero febrero "u8
        + "marzo abril junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo"u8);

    /// <summary>Whether any is in a text.</summary>
    /// <param name="utf8">Any bytes.</param>
    public static bool AnyIn(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<ulong> keys = _keys;
        ReadOnlySpan<byte> meanings = _meanings;
        int before = 0;
        int at = 0;
        while (at < utf8.Length)
        {
            byte c = utf8[at];
            if (IsLetter(c))
            {
                int start = at;
                ulong key = (uint)(c & 31);
                for (at++; at < utf8.Length && IsLetter(c = utf8[at]); at++)
                {
                    key = (key << 5) | (uint)(c & 31);
                }

                int meaning = 0;
                if (at < utf8.Length && IsDigit(c))
                {
                    // An identifier.
                    at = SkipWord(utf8, at);
                }
                else if (at - start <= LongestWord && (meaning = Find(keys, meanings, key)) != 0)
                {
                    if ((meaning & Tells) != 0 || ((meaning & TellsLed) != 0 && (before & Leads) != 0) || ((meaning & TellsMonth) != 0 && (before & LeadsMonth) != 0))
                    {
                        return true;
                    }
                }

                before = meaning;
            }
            else if (IsDigit(c))
            {
                int start = at;
                while (at < utf8.Length && IsDigit(utf8[at]))
                {
                    at++;
                }

                int digits = at - start;
                int end = SkipWord(utf8, at);
                if ((digits == 4 && end == at) || (digits <= 2 && (before & TellsMonth) != 0))
                {
                    return true;
                }

                // 8 May, 8th May.
                before = digits <= 2 && end - at is 0 or 2 ? LeadsMonth : 0;
                at = end;
            }
            else
            {
                at += c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
            }
        }

        return false;
    }

    // Letters of ASCII, and both bytes of U+00C0 to U+07FF. What is below is no letter, and scripts above do without spaces, or are signs.
    private static bool IsLetter(byte c) => (uint)((c | 0x20) - 'a') < 26 || ((uint)(c - 0x80) < 0x60 && c != 0xC2);

    private static bool IsDigit(byte c) => (uint)(c - '0') < 10;

    private static int SkipWord(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && (IsLetter(utf8[at]) || IsDigit(utf8[at])))
        {
            at++;
        }

        return at;
    }

    private static int Find(ReadOnlySpan<ulong> keys, ReadOnlySpan<byte> meanings, ulong key)
    {
        int slot = (int)((key * Spread) >> (64 - SlotBits));
        while (keys[slot] != key)
        {
            if (keys[slot] == 0)
            {
                return 0;
            }

            slot = (slot + 1) & (keys.Length - 1);
        }

        return meanings[slot];
    }

    private static void Enter(byte meaning, ReadOnlySpan<byte> words)
    {
        while (words.Length > 0)
        {
            int end = words.IndexOf((byte)' ');
            end = end < 0 ? words.Length : end;
            ulong key = 0;
            foreach (byte c in words[..end])
            {
                key = (key << 5) | (uint)(c & 31);
            }

            int slot = (int)((key * Spread) >> (64 - SlotBits));
            while (_keys[slot] != 0 && _keys[slot] != key)
            {
                slot = (slot + 1) & (_keys.Length - 1);
            }

            _keys[slot] = key;
            _meanings[slot] |= meaning;
            words = words[Math.Min(end + 1, words.Length)..];
        }
    }
}
