using System;
using System.IO;
using System.Text;
using WhiteMagic.Governance;

namespace WhiteMagic.Memory.Exchange;

/// <summary>One import under way: stores drafts in batches, counts what became of them, reports progress.</summary>
internal sealed class ImportRun(ImportOptions options, long totalBytes) : IDisposable
{
    private const int BatchCount = 1000;
    private const long BatchBytes = 8 << 20;
    private const long ProgressBytes = 1 << 20;
    private const int ProgressCount = 1000;

    private readonly ImportReport _report = new() { DryRun = options.Begin is null };
    private IImportSession? _session;
    private int _batchCount;
    private long _batchBytes;
    private long _committed = -1;
    private long _reported;
    private Stream? _stream;
    private long _before;
    private long _rowCount;

    /// <summary>The file of a folder that is being read; null when there is one file only.</summary>
    public string? File { get; set; }

    /// <summary>Whether a failure ended the import.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Begins to read a file.</summary>
    public void Begin(string format, Stream? stream)
    {
        _report.Format = _report.Format.Length == 0 || _report.Format == format ? format : "mixed";
        _stream = stream;
        if (_session is null && options.Begin is { } begin)
        {
            IsBroken = true;
            _session = begin();
            IsBroken = false;
        }
    }

    /// <summary>Ends the file that is being read; it had so many bytes.</summary>
    public void EndFile(long bytes)
    {
        _stream = null;
        _before += bytes;
    }

    public void ReadDatabase(string path)
    {
        if (options.Databases is not { } databases)
        {
            throw FailureException.Invalid($"{path} is a SQLite database, which cannot be imported here");
        }

        Begin(ExchangeFormat.Sqlite, null);
        try
        {
            databases.Read(path, Take, Fail);
        }
        catch (FailureException e) when (!IsBroken)
        {
            throw Explain(e);
        }
    }

    public void Take(MemoryDraft draft, long line)
    {
        CheckCancelled();
        if (TryAdd(draft, line) && _session is not null)
        {
            _batchCount++;
            _batchBytes += Encoding.UTF8.GetByteCount(draft.Content);
            if (_batchCount >= BatchCount || _batchBytes >= BatchBytes)
            {
                Commit();
            }
        }

        Progress();
    }

    public void Fail(ImportIssue issue)
    {
        CheckCancelled();
        _report.Fail(issue.File is null && File is not null ? new ImportIssue(issue.Line, issue.Reason, File) : issue);
        Progress();
    }

    /// <summary>Commits what is open and gives the report.</summary>
    public ImportReport Finish()
    {
        Commit();
        return _report;
    }

    /// <summary>Adds to a failure that ends the import what was imported before it.</summary>
    public FailureException Explain(FailureException e)
    {
        IsBroken = true;
        return _session is null
            ? e
            : new FailureException(e.Code, $"{e.Message}; {Math.Max(_committed, 0)} memories were imported before that and are kept", e.Hint.Length > 0 ? e.Hint : "the same import can be repeated: what is there already is not stored twice", e.Retryable, e);
    }

    public void Dispose() => _session?.Dispose();

    // A draft that the store refuses for what it is fails alone; any other failure ends the import.
    private bool TryAdd(MemoryDraft draft, long line)
    {
        try
        {
            MemoryDraft judged = options.Judge is { } judge ? judge(draft) : draft;
            switch (_session?.Add(judged) ?? ImportOutcome.Created)
            {
                case ImportOutcome.Created: _report.Created++; break;
                case ImportOutcome.Reinforced: _report.Reinforced++; break;
                case ImportOutcome.Skipped: _report.Skipped++; break;
            }

            return true;
        }
        catch (FailureException e) when (e.Code is ErrorCode.InvalidParams or ErrorCode.NotFound or ErrorCode.Conflict or ErrorCode.TooLarge or Outcomes.PolicyBlocked or Outcomes.StageFailed)
        {
            _report.Fail(new ImportIssue(line, e.Message, File));
            return false;
        }
        catch (FailureException e)
        {
            throw Explain(e);
        }
    }

    private void Commit()
    {
        // An import that changed nothing is committed once, for its entry in the ledger.
        if (_session is null || (_batchCount == 0 && _committed >= 0))
        {
            return;
        }

        try
        {
            _session.Commit();
        }
        catch (FailureException e)
        {
            throw Explain(e);
        }

        _committed = _report.Imported;
        _batchCount = 0;
        _batchBytes = 0;
    }

    private void CheckCancelled()
    {
        if (options.IsCancelled?.Invoke() == true)
        {
            // What was taken so far stays, and is counted.
            Commit();
            throw Explain(new FailureException(ErrorCode.Timeout, "the import was cancelled", retryable: true));
        }
    }

    // Every thousand entries or every megabyte, and only when it grew.
    private void Progress()
    {
        if (options.Progress is not { } progress)
        {
            return;
        }

        long? total = _stream is null ? null : totalBytes;
        long done = _stream is null ? ++_rowCount : _before + _stream.Position;
        if (done > _reported && (done - _reported >= (total is null ? ProgressCount : ProgressBytes) || done == total))
        {
            _reported = done;
            progress(done, total, $"{_report.Read} entries read, {_report.Failed} failed");
        }
    }
}
