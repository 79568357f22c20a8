using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>The words that have to do with time, in the languages that questions about dates are understood in.</summary>
internal static class TimeLexicon
{
    internal const int LongestWord = 14;

    /// <summary>A kind and its value, then the words for it: lower case and without accents; a further one is a further word. As bytes, which take half of what strings do.</summary>
    /// <remarks>
    /// Left out are abbreviations that English has for other things (out, set, ago for the tenth, ninth and eighth month), the German
    /// "hier", which French has for yesterday, and the French "an", a year.
    /// </remarks>
    private static ReadOnlySpan<byte> Words =>
        (" =m1 january januar janner janvier enero gennaio =m2 february februar fevrier febrero febbraio fevereiro"u8
        + " =m4 april avril abril aprile =m6 june juni juin junio giugno junho =m7 july juli juillet luglio julho"u8
        + " =m8 august aout agosto =m9 september septembre septiembre settembre setembro =m10 october oktober octobre octubre ottobre outubro"u8
        + " =m11 november novembre noviembre novembro =m12 december dezember decembre diciembre dicembre dezembro"u8
        + " =m3 marz maerz marzo =m5 maggio maio =k1 janeiro jan janv ene gen =n5 may mai =n3 march =k3 mars marco mar mrz"u8
        + " =k5 mayo mag =k7 julio jul juil lug =k2 feb fevr fev =k4 apr avr abr =k6 jun giu =k8 aug =k9 sep sept"u8
        + " =k10 oct okt ott =k11 nov =k12 dec dez dic =w0 monday montag lundi lunes =w1 tuesday dienstag mardi martes"u8
        + " =w2 wednesday mittwoch mercredi miercoles =w3 thursday donnerstag jeudi jueves =w4 friday freitag vendredi viernes"u8
        + " =w5 saturday samstag sonnabend samedi sabado =w6 sunday sonntag dimanche domingo =W0 mon =W1 tue tues"u8
        + " =W2 wed =W3 thu thur thurs =W4 fri =W5 sat =W6 sun =u0 hour hours minute minutes stunde stunden"u8
        + " =u1 day days tag tage tagen jour jours dia dias giorno giorni =u2 week weeks woche wochen semaine semaines semana semanas settimana"u8
        + " settimane =u3 month months monat monate monaten mois mes meses mese mesi =u4 year years jahr jahre jahren ans annee annees ano anos anno"u8
        + " anni =u5 weekend weekends wochenende =u6 fortnight fortnights =s3 spring fruhling fruhjahr =s6 summer sommer verano"u8
        + " =s9 fall autumn herbst =s12 winter hiver =r3 vorgestern anteayer =r4 yesterday gestern ayer ieri ontem"u8
        + " =r5 today tonight heute aujourd hoy oggi hoje =r6 tomorrow demain domani amanha =r7 ubermorgen uebermorgen"u8
        + " =e2 morgen =e1 night morning evening afternoon nacht abend =c1 a an one ein eine einem einer un une una"u8
        + " =c2 two zwei deux dos due dois duas =c3 three drei trois tres tre =c4 four vier quatre =c5 five funf"u8
        + " =c6 six sechs =c7 seven =c8 eight =c9 nine =c10 ten =c11 eleven =c12 twelve =c203 couple =c205 few paar einigen"u8
        + " =c307 several =l last previous letzte letzten letzter letztes letztem vorige vorigen voriges vergangene vergangenen vergangenes derniere"u8
        + " dernier pasada pasado passada passado scorsa scorso =t this current diese diesen dieser dieses diesem cette esta este questa questo"u8
        + " =x next coming upcoming nachste nachsten nachster nachstes naechste naechsten kommende kommenden prochaine prochain proxima proximo"u8
        + " prossima prossimo =p past =a ago back fa atras =h hace ha =d y and or und oder et e =v vor =b before prior preceding avant antes"u8
        + " =f after following nach apres despues dopo =F from von =F1 between zwischen entre tra =o to until till through thru bis hasta fino jusqu"u8
        + " =g1 the guten jeden der die das la le el il =g of de del di do du des =i in during around circa about early late mid beginning end start"u8
        + " over within throughout by im em en nel anfang mitte ende wahrend =O on am at den dem vom zum =S since seit ab depuis desde"u8
        + " =q1 time =q date datum fecha =V version versions release build revision section chapter =Q when quand cuando quando когда"u8
        + " =Q1 whens wann =A1 what which welchem welches welcher welchen quel quelle que che =A2 how wie combien cuanto quanto"u8
        + " =A3 who whom whose where why wer wo warum quoi pourquoi quien chi quem =A did is does was were has have can could will would should are qui"u8
        + " =L long lange temps tiempo tempo =K know remember recall me say exactly tell wissen weisst =E exact specific precise other "u8);

    /// <summary>Looks a word up.</summary>
    /// <param name="word">Lower case and without accents, in UTF-8.</param>
    /// <param name="kind">What it means.</param>
    /// <param name="value">Its number, 0 for one without.</param>
    internal static bool TryFind(ReadOnlySpan<byte> word, out TimeWordKind kind, out int value)
    {
        (kind, value) = (TimeWordKind.None, 0);
        if (word.Length > LongestWord)
        {
            return false;
        }

        Span<byte> spaced = stackalloc byte[LongestWord + 2];
        spaced.Fill((byte)' ');
        word.CopyTo(spaced[1..]);
        int at = word.IsEmpty ? -1 : Words.IndexOf(spaced[..(word.Length + 2)]);
        if (at < 0)
        {
            return false;
        }

        at = Words[..at].LastIndexOf((byte)'=') + 1;
        kind = (TimeWordKind)Words[at];
        for (at++; Words[at] != ' '; at++)
        {
            value = (value * 10) + Words[at] - '0';
        }

        return true;
    }
}
