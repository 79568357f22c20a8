using System.Globalization;
using WhiteMagic.Governance;

namespace WhiteMagic.Server.Peer;

/// <summary>
/// write ROOT SEED STAGE NTH: changes memories, saying what it begins and what was acknowledged, and kills itself when the stage is reached for the NTH time.
/// append ROOT COUNT NAME: appends so many entries to the ledger. mirror ROOT: lets the mirror catch up.
/// </summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments[0])
        {
            case "write":
                using (var store = new PeerStore(arguments[1], new Death(arguments[3], Number(arguments[4])).Reach))
                {
                    new Workload(store, Number(arguments[2])).Run(rounds: 60);
                }

                return 0;
            case "append":
                using (var store = new PeerStore(arguments[1], null))
                {
                    for (int i = 0; i < Number(arguments[2]); i++)
                    {
                        store.Create(arguments[3] + " " + i.ToString(CultureInfo.InvariantCulture));
                    }
                }

                return 0;
            case "mirror":
                using (var store = new PeerStore(arguments[1], null))
                {
                    store.Read(Effect.Read);
                    store.Galaxies.FlushPending();
                }

                return 0;
            default:
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
