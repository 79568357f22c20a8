using System;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>Measures one figure of the native kernels and prints it as JSON: <c>kernel-bench FIGURE FILE...</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var report = new Report();
        switch (arguments)
        {
            case ["nearest", string points, string questions]:
                NearestFigure.Run(report, points, questions);
                break;
            case ["signature", string texts]:
                SignatureFigure.Run(report, texts);
                break;
            case ["duplicates", string memories]:
                DuplicatesFigure.Run(report, memories);
                break;
            case ["kernels", string texts]:
                RateFigure.Run(report);
                EventFigure.Run(report);
                EncodeFigure.Run(report, texts);
                break;
            case ["governed", string texts]:
                GovernedFigure.Run(report, texts);
                break;
            case ["search", string documents, string questions, string answers]:
                SearchFigure.Run(report, documents, questions, answers);
                break;
            case ["sandbox", string workloads, string large, .. string[] calls]:
                SandboxFigure.Run(report, workloads, large, calls);
                break;
            default:
                Console.Error.WriteLine("kernel-bench: nearest POINTS QUESTIONS | signature TEXTS | duplicates MEMORIES | kernels TEXTS | governed TEXTS | search DOCUMENTS QUESTIONS ANSWERS | sandbox WORKLOADS LARGE (NAME NUMBER)...");
                return 2;
        }

        Console.Out.WriteLine(report);
        return 0;
    }
}
