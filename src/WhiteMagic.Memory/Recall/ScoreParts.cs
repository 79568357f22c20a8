using System;
using System.Text.Json;

namespace WhiteMagic.Memory.Recall;

/// <summary>What a score is made of; docs/recall.md explains each part. Rounded as answers show them, so that what is shown adds up.</summary>
public sealed class ScoreParts
{
    /// <summary>How many parts there are.</summary>
    public const int Count = 10;

    private const int Digits = 6;

    /// <summary>BM25 of the memory's words, and a part of its neighbours'.</summary>
    public double Text { get; init => field = Rounded(value); }

    /// <summary>BM25 of the session that it belongs to.</summary>
    public double Session { get; init => field = Rounded(value); }

    /// <summary>The query names the memory's speaker, and no other.</summary>
    public double Speaker { get; init => field = Rounded(value); }

    /// <summary>The query names the time when it happened.</summary>
    public double Date { get; init => field = Rounded(value); }

    /// <summary>The query asks when, and the memory has words of time.</summary>
    public double When { get; init => field = Rounded(value); }

    /// <summary>Longer memories say more.</summary>
    public double Length { get; init => field = Rounded(value); }

    /// <summary>Words that stand side by side in the query stand so in the memory.</summary>
    public double Adjacent { get; init => field = Rounded(value); }

    /// <summary>Words of the query are there as they were written.</summary>
    public double Exact { get; init => field = Rounded(value); }

    /// <summary>The text means what the question means, by an embedding model.</summary>
    public double Meaning { get; init => field = Rounded(value); }

    /// <summary>Below 0: another memory replaced this one.</summary>
    public double Superseded { get; set => field = Rounded(value); }

    /// <summary>All together.</summary>
    public double Sum => Rounded(Text + Session + Speaker + Date + When + Length + Adjacent + Exact + Meaning + Superseded);

    /// <summary>Writes the parts that are not 0 as members of an object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        Write(json, "text", Text);
        Write(json, "session", Session);
        Write(json, "speaker", Speaker);
        Write(json, "date", Date);
        Write(json, "when", When);
        Write(json, "length", Length);
        Write(json, "adjacent", Adjacent);
        Write(json, "exact", Exact);
        Write(json, "meaning", Meaning);
        Write(json, "superseded", Superseded);
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static double Rounded(double value) => Math.Round(value, Digits);
}
