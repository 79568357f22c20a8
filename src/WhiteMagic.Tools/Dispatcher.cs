using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;
using WhiteMagic.Tools.Families;

namespace WhiteMagic.Tools;

/// <summary>
/// The one way to a tool, for every transport and for the command line: parse, ask governance, carry out with the permit, enter into the
/// ledger. A failure at any step is an answer that says what was wrong.
/// </summary>
public sealed class Dispatcher(Workplace workplace, Governor governor, Catalog catalog, Action<Exception> report)
{
    // A read's entry and access counts are committed within 200 ms; under steady traffic nothing is ever idle.
    private const int MostPendingMs = 150;

    private const int DelayStepMs = 10;

    // Nothing failed: the caller did not want to wait.
    private const string Withdrawn = "withdrawn";

    private long _pendingSince;

    /// <summary>Counts and times of the calls of this process.</summary>
    public CallStatistics Statistics { get; } = workplace.Statistics;

    /// <summary>Carries out one call and writes its answer.</summary>
    /// <param name="name">A name for which the catalogue has a tool.</param>
    /// <param name="given">The arguments: an object, or undefined.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="answer">Receives the object of the answer, or the object of the failure.</param>
    public void Call(string name, JsonElement given, Caller caller, ToolAnswer answer)
    {
        Tool tool = catalog.Find(name) ?? throw new ArgumentException("no such tool", nameof(name));
        long started = Stopwatch.GetTimestamp();
        Deed? deed = null;
        Ruling? ruling = null;
        Call? call = null;
        string outcome = Outcomes.Ok;
        try
        {
            Arguments arguments = Arguments.Parse(tool, given);
            deed = DeedOf(tool, arguments, caller, started, CanonicalJson.Of(given));
            ruling = governor.Rule(deed);
            if (ruling.Permit is null)
            {
                throw RefusalOf(ruling);
            }

            if (ruling.Redacted is { } redacted)
            {
                arguments = ParseRedacted(tool, redacted);
            }

            Delay(ruling.DelayMs, caller);
            call = new Call
            {
                Arguments = arguments,
                Workplace = workplace,
                GalaxyName = deed.Galaxy,
                Caller = caller,
                Governor = governor,
                Permit = ruling.Permit,
                Json = answer.Json,
            };
            answer.Json.WriteStartObject();
            tool.Handler(call);
            if (call.Damaged is { } damaged)
            {
                Common.WriteIds(answer.Json, "damaged", damaged);
            }

            Common.WriteWarnings(answer.Json, ruling.Warnings);
            answer.Json.WriteEndObject();
        }
        catch (FailureException e)
        {
            outcome = e.Code;
            WriteFailure(answer, e);
        }
#pragma warning disable CA1031 // Whatever a defect throws, the caller gets an answer and the server lives on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            outcome = ErrorCode.InternalError;
            report(e);
            WriteFailure(answer, new FailureException(ErrorCode.InternalError, $"{tool.Name} failed inside wm; this is a defect of wm, not of the call",
                "wm doctor checks the store; the log on stderr says where it failed"));
        }

        call?.Release();
        deed ??= DeedOf(tool, null, caller, started, "{}"u8.ToArray());

        // The entry of a change was written by the storage, in the change's transaction.
        if (outcome != Outcomes.Ok || ruling?.Permit is not { IsSpent: true })
        {
            Enter(deed, ruling, outcome, call is null ? [] : call.NamedIds);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        Statistics.Add(elapsed, outcome != Outcomes.Ok);
        bool isWithdrawn = outcome == ErrorCode.Timeout && caller.IsWithdrawn?.Invoke() == true;
        governor.Conclude(deed, ruling, new DeedEnd(isWithdrawn ? Withdrawn : outcome, (long)elapsed.TotalMicroseconds, ruling?.Permit?.Changed ?? 0));
    }

    /// <summary>Commits the entries and access counts that wait.</summary>
    public void FlushPending()
    {
        _pendingSince = 0;
        workplace.Galaxies.FlushPending();
        workplace.Vitals.Publish();
    }

    private Deed DeedOf(Tool tool, Arguments? arguments, Caller caller, long started, ReadOnlyMemory<byte> canonical) => new()
    {
        Tool = tool.Name,
        Effect = tool.DryRun is { } dryRun && arguments?.Get(dryRun) == true ? Effect.Read : tool.Effect,
        Agent = caller.Agent,
        Session = workplace.Session,
        IsRecall = tool.IsRecall,
        FindTargetTags = arguments is null ? null : () => TagsOfNamed(tool, arguments, caller),
        Galaxy = arguments is null ? GalaxyName.Default : GalaxyOf(tool, arguments, caller),
        Arguments = canonical,
        StartedAtMs = workplace.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        StartedTimestamp = started,
    };

    private List<string> TagsOfNamed(Tool tool, Arguments arguments, Caller caller)
    {
        var ids = new List<MemoryId>();
        arguments.AddNamed(ids);
        try
        {
            return ids.Count == 0 ? [] : TargetTags.Of(workplace.Galaxies.Open(GalaxyOf(tool, arguments, caller)), ids);
        }
        catch (FailureException e) when (e.Code == ErrorCode.NotFound)
        {
            // The handler will say that there is no such galaxy.
            return [];
        }
    }

    private static FailureException RefusalOf(Ruling ruling) =>
        new(ruling.Outcome, ruling.Explanation, ruling.Hint, retryable: ruling.RetryAfterSeconds is not null) { RetryAfterSeconds = ruling.RetryAfterSeconds };

    private static Arguments ParseRedacted(Tool tool, ReadOnlyMemory<byte> redacted)
    {
        using JsonDocument document = JsonDocument.Parse(redacted);
        return Arguments.Parse(tool, document.RootElement.Clone());
    }

    // Somebody who withdraws the call need not wait, and what was withdrawn is not done.
    private void Delay(int delayMs, Caller caller)
    {
        for (int waitedMs = 0; waitedMs < delayMs; waitedMs += DelayStepMs)
        {
            workplace.Wait(Math.Min(DelayStepMs, delayMs - waitedMs));
            if (caller.IsWithdrawn?.Invoke() == true)
            {
                throw new FailureException(ErrorCode.Timeout, "the call was withdrawn while a rule made it wait; nothing was done", "", retryable: true);
            }
        }
    }

    // A tool that works on no galaxy belongs to the one that always exists, whatever was switched to.
    private string GalaxyOf(Tool tool, Arguments arguments, Caller caller) =>
        !tool.HasParam(Common.Galaxy) ? GalaxyName.Default
        : arguments.Get(Common.Galaxy) is { } named ? GalaxyName.Check(named)
        : workplace.ActiveFor(caller);

    private void Enter(Deed deed, Ruling? ruling, string outcome, ReadOnlySpan<byte> memoryIds)
    {
        try
        {
            LedgerOf(deed.Galaxy).Queue(deed, ruling?.Rules ?? "", ruling?.Score ?? 1, outcome, memoryIds);
            long now = Environment.TickCount64;
            if (_pendingSince == 0)
            {
                _pendingSince = now;
            }
            else if (now - _pendingSince > MostPendingMs)
            {
                FlushPending();
            }
        }
        catch (FailureException)
        {
            // A galaxy that cannot be opened has no ledger to write to; the caller was told why.
            Statistics.CountUnrecorded();
        }
    }

    // What was asked of a galaxy that does not exist is entered in the one that always does.
    private ILedger LedgerOf(string galaxy)
    {
        try
        {
            return workplace.Galaxies.Open(galaxy).Ledger;
        }
        catch (FailureException e) when (e.Code == ErrorCode.NotFound)
        {
            return workplace.Galaxies.Open(GalaxyName.Default).Ledger;
        }
    }

    private static void WriteFailure(ToolAnswer answer, FailureException failure)
    {
        answer.Restart();
        answer.IsError = true;
        Utf8JsonWriter json = answer.Json;
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("error_code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("hint", failure.Hint);
        json.WriteBoolean("retryable", failure.Retryable);
        if (failure.RetryAfterSeconds is { } seconds)
        {
            json.WriteNumber("retry_after_seconds", seconds);
        }

        json.WriteEndObject();
    }
}
