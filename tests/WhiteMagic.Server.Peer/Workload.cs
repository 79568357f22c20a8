using System;
using System.Collections.Generic;
using System.Globalization;
using WhiteMagic.Governance;
using WhiteMagic.Memory;

namespace WhiteMagic.Server.Peer;

/// <summary>Changes of every kind in a random order, each told before it begins and after it was acknowledged.</summary>
public sealed class Workload(PeerStore store, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<MemoryId> _living = [];
    private readonly List<MemoryId> _deleted = [];

    public void Run(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            store.Read(Effect.Read);
            string kind = Kind();
            Say("begin", round, kind, "");
            string ids = Do(kind, round);
            Say("done", round, kind, ids);
            if (round % 8 == 7)
            {
                store.Galaxies.FlushPending();
            }
        }
    }

    private string Kind() => _random.Next(10) switch
    {
        0 when _living.Count > 0 => "update",
        1 or 2 when _living.Count > 0 => "delete",
        3 when _deleted.Count > 0 => "restore",
        4 when _living.Count > 0 => "purge",
        5 => "import",
        _ => "create",
    };

    private string Do(string kind, int round)
    {
        Permit permit = store.Permit(kind, kind is "delete" or "purge" ? Effect.Delete : Effect.Write);
        string text = string.Create(CultureInfo.InvariantCulture, $"{seed} {round}");
        switch (kind)
        {
            case "create":
                _living.Add(store.Store.Create(new MemoryDraft { Content = text }, permit).Id);
                return _living[^1].ToString();
            case "import":
                using (IImportSession session = store.Store.BeginImport(permit))
                {
                    for (int i = 0; i < 3; i++)
                    {
                        session.Add(new MemoryDraft { Content = text + " imported " + i.ToString(CultureInfo.InvariantCulture) });
                    }

                    session.Commit();
                }

                return "";
            case "update":
                MemoryId updated = _living[_random.Next(_living.Count)];
                store.Store.Update(updated, new MemoryPatch { Content = text + " updated" }, null, permit);
                return updated.ToString();
            case "delete":
                MemoryId deleted = Take(_living);
                store.Store.Delete(deleted, permit);
                _deleted.Add(deleted);
                return deleted.ToString();
            case "restore":
                MemoryId restored = Take(_deleted);
                store.Store.Restore(restored, permit);
                _living.Add(restored);
                return restored.ToString();
            default:
                MemoryId purged = Take(_living);
                store.Store.Purge(purged, permit);
                return purged.ToString();
        }
    }

    private MemoryId Take(List<MemoryId> from)
    {
        int index = _random.Next(from.Count);
        MemoryId taken = from[index];
        from.RemoveAt(index);
        return taken;
    }

    private static void Say(string what, int round, string kind, string ids)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {round} {kind} {ids}"));
        Console.Out.Flush();
    }
}
