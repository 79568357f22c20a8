using System;
using System.Globalization;
using System.Linq;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.StateBoard;

namespace WhiteMagic.Kernels.Peer;

/// <summary>rate|board|ring FILE SEED MILLISECONDS: works in the file as long as that, and writes what came of it to standard output.</summary>
public static unsafe class Program
{
    public static int Main(string[] arguments)
    {
        using SharedFile file = new(arguments[1]);
        int seed = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        long untilNs = Clock.NowNs + (long.Parse(arguments[3], CultureInfo.InvariantCulture) * 1_000_000);
        try
        {
            switch (arguments[0])
            {
                case "rate":
                    Crew.Demand(RateTable.Open(file.Memory, file.Length, RateWork.WindowMs, out RateTable table) == 0, "Open");
                    Console.WriteLine(string.Join(';', RateWork.Run(table, seed, untilNs).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key},{a.Ms}"))));
                    break;
                case "board":
                    Crew.Demand(SharedBoard.Attach(file.Memory, out SharedBoard board) == 0, "Attach");
                    Console.WriteLine(BoardWork.Run(board, seed, untilNs).ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    Crew.Demand(SharedRing.Attach(file.Memory, file.Length, out SharedRing ring) == 0, "Attach");
                    (long published, long received, long lost) = RingWork.Run(ring, seed, untilNs);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{published} {received} {lost}"));
                    break;
            }

            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(e);
            return 1;
        }
    }
}
