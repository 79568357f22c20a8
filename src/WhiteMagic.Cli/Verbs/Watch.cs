using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Draws the health of a state root again and again, from what its processes share. It only looks: no file is made, no entry left.</summary>
internal sealed class Watch
{
    private const int BarCells = 30;
    private const int NameChars = 12;
    private const int ToolChars = 24;
    private const int OutcomeChars = 18;
    private const int RecentCalls = 10;
    private const int StepMs = 50;
    private const int MsOfSecond = 1000;
    private const double UsOfMs = 1000;
    private const string Home = "\u001b[H\u001b[2J";
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";

    private readonly Invocation _call;
    private readonly Workbench _bench;
    private readonly string _galaxy;
    private readonly Vitals _vitals;
    private bool _isEnding;

    internal Watch(Invocation call, Workbench bench, string galaxy)
    {
        _call = call;
        _bench = bench;
        _galaxy = galaxy;
        var shared = new SharedState(bench.Root.Path, readOnly: false, call.Around.Random) { MayMake = false };
        _vitals = new Vitals(() => shared.Ring, () => shared.Board, call.Around.Time);
    }

    /// <summary>Draws until it is asked to end, or so many times.</summary>
    internal int Run(int intervalSeconds, long frames)
    {
        TextWriter page = _call.Around.Out;
        bool isTerminal = _call.Around.OutIsTerminal;
        _call.Around.OnEnd(() => Volatile.Write(ref _isEnding, true));
        try
        {
            for (long frame = 0; frame < frames && !Volatile.Read(ref _isEnding); frame++)
            {
                if (frame > 0)
                {
                    Wait(intervalSeconds * MsOfSecond);
                }

                page.Write(isTerminal ? HideCursor + Home : frame > 0 ? "\n" : "");
                Draw(page);
                page.Flush();
            }
        }
        finally
        {
            page.Write(isTerminal ? ShowCursor : "");
            page.Flush();
        }

        Platform.EndSignals.Ended();
        return ExitCode.Success;
    }

    private void Wait(int waitMs)
    {
        for (int waited = 0; waited < waitMs && !Volatile.Read(ref _isEnding); waited += StepMs)
        {
            _bench.Workplace.Wait(StepMs);
        }
    }

    private void Draw(TextWriter page)
    {
        List<CallEvent> recent = _vitals.Recent(HarmonyVector.MostCalls);
        HarmonyVector vector = HarmonyVector.Of(recent, _call.Around.Time.GetUtcNow().ToUnixTimeMilliseconds(), _bench.Governed.Modules);
        page.WriteLine(Paint.Bold(_call.Around.OutHasColours, "wm " + BuildFacts.Version) + "  " + Printable.Line(_bench.Root.Path) + "  galaxy " + _galaxy + "  "
            + Instant.Format(_call.Around.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        WriteBar(page, "harmony", vector.Score);
        for (int i = 0; i < HarmonyVector.Names.Length; i++)
        {
            WriteBar(page, HarmonyVector.Names[i], vector.Values[i]);
        }

        page.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{vector.Calls} calls in 5 minutes, {vector.Errors} failed, {vector.Refusals} refused") + Times(vector));
        page.WriteLine(Counts());
        for (int i = Math.Max(0, recent.Count - RecentCalls); i < recent.Count; i++)
        {
            WriteCall(page, recent[i]);
        }
    }

    private void WriteBar(TextWriter page, string name, double? value)
    {
        page.Write(name.PadRight(NameChars));
        if (value is not { } measured)
        {
            page.WriteLine("not measured");
            return;
        }

        int cells = (int)Math.Round(measured * BarCells);
        string bar = new string('#', cells) + new string('.', BarCells - cells);
        bool colours = _call.Around.OutHasColours;
        page.WriteLine(measured.ToString("0.00", CultureInfo.InvariantCulture) + " " + (measured >= 0.7 ? Paint.Green(colours, bar) : measured < 0.4 ? Paint.Red(colours, bar) : bar));
    }

    private static string Times(HarmonyVector vector) =>
        vector.P50Ms is { } p50 && vector.P95Ms is { } p95 ? string.Create(CultureInfo.InvariantCulture, $"; p50 {p50:0.0} ms, p95 {p95:0.0} ms") : "";

    private string Counts()
    {
        try
        {
            if (!_bench.HasDatabase(_galaxy))
            {
                return "nothing is stored yet";
            }

            GalaxyFacts facts = _bench.Workplace.Galaxies.Open(_galaxy).Facts();
            return MemoryPage.Count(facts.Live, "memory", "memories") + ", " + MemoryPage.Text(facts.Deleted) + " deleted, ledger " + MemoryPage.Count(facts.LedgerEntries, "entry", "entries");
        }
        catch (FailureException e)
        {
            return Printable.Line(e.Code + ": " + e.Message);
        }
    }

    private void WriteCall(TextWriter page, CallEvent call)
    {
        string outcome = Printable.Cut(call.Outcome, OutcomeChars).PadRight(OutcomeChars);
        page.WriteLine("  " + Instant.Format(call.TimeMs)[11..19] + "  " + Printable.Cut(Printable.Line(call.Tool), ToolChars).PadRight(ToolChars) + " "
            + (call.IsError ? Paint.Red(_call.Around.OutHasColours, outcome) : outcome) + (call.DurationUs / UsOfMs).ToString("0.0", CultureInfo.InvariantCulture).PadLeft(9) + " ms");
    }
}
