using System;
using System.Buffers;
using System.IO;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;

namespace WhiteMagic.Sqlite;

/// <summary>
/// The ledger as lines of JSON, <c>karma/GALAXY.jsonl</c>, for people and <c>tail -f</c>. The process that holds the lock file writes it, when
/// nothing else is to be done: it may lag, and never holds a call up. The database is the truth; what differs from it is written anew.
/// </summary>
internal sealed class KarmaMirror(string galaxy, StoreOptions options, KarmaTable ledger) : IDisposable
{
    /// <summary>A file that was set aside is at most so much shorter than a full one: the lines that did not fit.</summary>
    internal const int MostMissingBytes = 2 * MostBatchBytes;

    private const int TailBytes = 64 << 10;
    private const int MostBatchBytes = 64 << 10;
    private const long RetryMs = 1000;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private FileStream? _lock;
    private FileStream? _file;
    private long _written;
    private long _triedAt = long.MinValue / 2;

    /// <summary>Why nothing is written now; empty when it is, or when another process does.</summary>
    internal string Problem { get; private set; } = "";

    private string Folder => Path.Combine(options.Root, "karma");

    private string FilePath => Path.Combine(Folder, galaxy + ".jsonl");

    // The lines before those of the file, when it became too long.
    private string OlderPath => Path.Combine(Folder, galaxy + ".1.jsonl");

    /// <summary>Writes what the database has and the mirror has not, as far as this process may.</summary>
    /// <param name="mostEntries">At most so many entries.</param>
    internal void CatchUp(int mostEntries)
    {
        if (options.ReadOnly)
        {
            return;
        }

        try
        {
            if (_file is null && !TryOpen())
            {
                return;
            }

            long size = ledger.ReadHead().Size;
            if (size > _written)
            {
                Write(mostEntries);
            }

            Problem = "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FailureException)
        {
            Problem = $"karma/{galaxy}.jsonl cannot be written: {(e is FailureException ? e.Message : FileFailure.From(e, FilePath).Message)}";
            Close();
        }
    }

    /// <summary>Compares every line with the database; null when they agree or there is none, else what differs.</summary>
    internal string? Check()
    {
        if (_file is not null)
        {
            CatchUp(int.MaxValue);
        }

        var check = new KarmaMirrorCheck(OlderPath, FilePath, options.MostMirrorBytes - MostMissingBytes, ledger);

        // A file that another process sets aside between the opening of the two looks like damage, once.
        return check.Run() is null ? null : check.Run();
    }

    /// <summary>Writes every line anew.</summary>
    /// <exception cref="FailureException">Another process has the mirror, or it cannot be written.</exception>
    internal void Rebuild()
    {
        try
        {
            _triedAt = long.MinValue / 2;
            if (_file is null && !TryOpen())
            {
                throw new FailureException(ErrorCode.StorageBusy, $"another process writes karma/{galaxy}.jsonl", "end what runs on this state root, then: wm doctor --fix");
            }

            _written = Restart(_file!);
            Write(int.MaxValue);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Close();
            throw FileFailure.From(e, FilePath);
        }
    }

    public void Dispose() => Close();

    private bool TryOpen()
    {
        if (Environment.TickCount64 - _triedAt < RetryMs)
        {
            return false;
        }

        _triedAt = Environment.TickCount64;
        PrivateFile.MakeFolder(options.Root, Folder);
        try
        {
            _lock = PrivateFile.Create(Path.Combine(Folder, galaxy + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another process writes it.
            return false;
        }

        _file = PrivateFile.Create(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _written = Resume(_file);
        return true;
    }

    // Goes on behind the last whole line, if the database has that entry; else begins anew.
    private long Resume(FileStream file)
    {
        long from = Math.Max(0, file.Length - TailBytes);
        byte[] tail = new byte[file.Length - from];
        file.Position = from;
        file.ReadExactly(tail);
        int end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
        int start = end < 2 ? 0 : tail.AsSpan(0, end - 1).LastIndexOf((byte)'\n') + 1;
        if (end > 0 && (start > 0 || from == 0) && KarmaLine.TryParse(tail.AsSpan(start, end - 1 - start), out long sequence, out ReadOnlySpan<byte> hash) && HasHash(sequence, hash))
        {
            file.SetLength(from + end);
            file.Position = from + end;
            return sequence;
        }

        return Restart(file);
    }

    private long Restart(FileStream file)
    {
        file.SetLength(0);
        File.Delete(OlderPath);
        return 0;
    }

    private bool HasHash(long sequence, ReadOnlySpan<byte> hex)
    {
        string expected = "";
        ledger.ReadFields(sequence, (in KarmaFields fields) =>
        {
            expected = fields.Sequence == sequence ? Convert.ToHexStringLower(fields.Hash) : "";
            return false;
        });
        return expected.Length > 0 && System.Text.Ascii.Equals(hex, expected);
    }

    private void Write(int mostEntries)
    {
        int left = mostEntries;
        while (left > 0)
        {
            _lines.ResetWrittenCount();
            long last = _written;
            int batch = left;
            ledger.ReadFields(_written + 1, (in KarmaFields fields) =>
            {
                KarmaLine.Write(_lines, fields);
                _lines.Write("\n"u8);
                last = fields.Sequence;
                return --left > 0 && _lines.WrittenCount < MostBatchBytes;
            });
            if (left == batch)
            {
                return;
            }

            Append(_lines.WrittenSpan);
            _written = last;
        }
    }

    private void Append(ReadOnlySpan<byte> lines)
    {
        if (_file!.Length + lines.Length > options.MostMirrorBytes)
        {
            _file.Dispose();
            File.Move(FilePath, OlderPath, overwrite: true);
            _file = PrivateFile.Create(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }

        if (options.Reached is { } reached)
        {
            _file.Write(lines[..(lines.Length / 2)]);
            _file.Flush();
            reached(StoreStage.MirrorTorn);
            lines = lines[(lines.Length / 2)..];
        }

        _file.Write(lines);
        _file.Flush();
        options.Reached?.Invoke(StoreStage.MirrorWritten);
    }

    private void Close()
    {
        _file?.Dispose();
        _lock?.Dispose();
        (_file, _lock) = (null, null);
    }
}
