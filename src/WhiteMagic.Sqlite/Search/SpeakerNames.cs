using System.Collections.Generic;
using System.Text;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>The words of the speakers' names, to know when a question names one.</summary>
internal sealed class SpeakerNames
{
    // Beyond so many speakers a name says little, and each costs memory.
    private const int MostSpeakers = 100_000;
    private const int LeastBytes = 3;

    // Parts in a dialogue, not names.
    private static readonly string[] _roles = ["user", "assistant", "system", "agent", "tool", "human", "model", "bot", "developer"];

    // By the hash as a string of four characters: dictionaries of strings are in the program anyway.
    private readonly Dictionary<string, List<int>> _speakers = [];
    private long _last;
    private int _count;

    internal void Clear()
    {
        _speakers.Clear();
        (_last, _count) = (0, 0);
    }

    /// <summary>Reads the names that were added.</summary>
    internal void Refresh(Connection connection)
    {
        if (_count >= MostSpeakers)
        {
            return;
        }

        Statement s = connection.Prepare("SELECT speaker, name FROM search_speakers WHERE speaker > ?1 ORDER BY speaker LIMIT ?2").Bind(1, _last).Bind(2, MostSpeakers);
        while (s.Step())
        {
            _last = s.Int64(0);
            _count++;
            var tokens = new Tokenizer(s.Utf8(1));
            for (ulong hash = tokens.Next(); hash != 0; hash = tokens.Next())
            {
                if (tokens.End - tokens.Start >= LeastBytes && !IsRole(s.Utf8(1)))
                {
                    Add(hash, (int)_last);
                }
            }
        }
    }

    /// <summary>The one speaker that a question names, whose terms it marks; 0 when it names none, or several.</summary>
    internal int NamedBy(Question question)
    {
        var named = new List<int>();
        foreach (QuestionTerm term in question.Terms)
        {
            if (_speakers.TryGetValue(KeyOf(term.Hash), out List<int>? speakers))
            {
                term.IsName = true;
                named.AddRange(speakers);
            }
        }

        // The one that most words name, unless others are named by as many.
        named.Sort();
        (int best, int most) = (0, 0);
        for (int i = 0, start = 0; i < named.Count; i++)
        {
            start = i > 0 && named[i] == named[i - 1] ? start : i;
            int count = i - start + 1;
            best = count > most ? named[i] : count == most ? 0 : best;
            most = count > most ? count : most;
        }

        return best;
    }

    private static bool IsRole(System.ReadOnlySpan<byte> name)
    {
        foreach (string role in _roles)
        {
            if (Ascii.EqualsIgnoreCase(name, role))
            {
                return true;
            }
        }

        return false;
    }

    private static string KeyOf(ulong hash) => new([(char)hash, (char)(hash >> 16), (char)(hash >> 32), (char)(hash >> 48)]);

    private void Add(ulong hash, int speaker)
    {
        if (!_speakers.TryGetValue(KeyOf(hash), out List<int>? speakers))
        {
            _speakers.Add(KeyOf(hash), speakers = []);
        }

        if (speakers.Count == 0 || speakers[^1] != speaker)
        {
            speakers.Add(speaker);
        }
    }
}
