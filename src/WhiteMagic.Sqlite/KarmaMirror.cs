using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;

namespace WhiteMagic.Sqlite;

/// <summary>
/// The ledger as lines of JSON, <c>karma/GALAXY.jsonl</c>, for people and <c>tail -f</c>. The process that holds the lock file writes it, when
/// nothing else is to be done: it may lag, and never holds a call up. The database is the truth; what differs from it is written anew.
/// </summary>
internal sealed class KarmaMirror(string galaxy, StoreOptions options, KarmaTable ledger) : IDisposable
{
    private const long MostFileBytes = 64L << 20;
    private const int TailBytes = 64 << 10;
    private const int MostBatchBytes = 64 << 10;
    private const int CheckBufferBytes = 64 << 10;
    private const long RetryMs = 1000;

    private static readonly JsonWriterOptions _jsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _lines = new();
    private FileStream? _lock;
    private FileStream? _file;
    private long _written;
    private long _triedAt = long.MinValue / 2;

    /// <summary>Why nothing is written now; empty when it is, or when another process does.</summary>
    internal string Problem { get; private set; } = "";

    private string Folder => Path.Combine(options.Root, "karma");

    private string FilePath => Path.Combine(Folder, galaxy + ".jsonl");

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

    /// <summary>Compares every line with the database; null when they agree, apart from a lag.</summary>
    internal string? Check()
    {
        try
        {
            if (!File.Exists(FilePath))
            {
                return null;
            }

            using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, CheckBufferBytes);
            return Check(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the mirror karma/{galaxy}.jsonl cannot be read";
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
        if (end > 0 && (start > 0 || from == 0) && TryParse(tail.AsSpan(start, end - 1 - start), out long sequence, out ReadOnlySpan<byte> hash) && HasHash(sequence, hash))
        {
            file.SetLength(from + end);
            file.Position = from + end;
            return sequence;
        }

        file.SetLength(0);
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
                using (var json = new Utf8JsonWriter(_lines, _jsonOptions))
                {
                    json.WriteStartObject();
                    KarmaJson.WriteMembers(json, KarmaEntry.Of(fields));
                    json.WriteEndObject();
                }

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
        if (_file!.Length + lines.Length > MostFileBytes)
        {
            _file.Dispose();
            File.Move(FilePath, Path.Combine(Folder, galaxy + ".1.jsonl"), overwrite: true);
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

    // Line by line beside the entries; after a rotation the file begins later than the ledger.
    private string? Check(FileStream file)
    {
        byte[] line = new byte[4096];
        int length = ReadLine(file, ref line);
        if (length < 0)
        {
            return null;
        }

        if (!TryParse(line.AsSpan(0, length), out long sequence, out _))
        {
            return string.Create(CultureInfo.InvariantCulture, $"the mirror karma/{galaxy}.jsonl does not begin with an entry");
        }

        long next = sequence;
        string? problem = null;
        ledger.ReadFields(sequence, (in KarmaFields fields) =>
        {
            if (length < 0)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"the mirror karma/{galaxy}.jsonl ends before entry {fields.Sequence}: it lags, or was cut");
                return false;
            }

            if (!TryParse(line.AsSpan(0, length), out long mirrored, out ReadOnlySpan<byte> hash) || mirrored != fields.Sequence || !System.Text.Ascii.Equals(hash, Convert.ToHexStringLower(fields.Hash)))
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"the mirror karma/{galaxy}.jsonl says otherwise at entry {fields.Sequence}: one of the two was changed");
                return false;
            }

            next = mirrored + 1;
            length = ReadLine(file, ref line);
            return true;
        });
        return problem ?? (length < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"the mirror karma/{galaxy}.jsonl has entry {next}, and the ledger ends before it"));
    }

    private static int ReadLine(FileStream reader, ref byte[] line)
    {
        int length = 0;
        for (int b = reader.ReadByte(); b != '\n'; b = reader.ReadByte())
        {
            if (b < 0)
            {
                return -1;
            }

            if (length == line.Length)
            {
                Array.Resize(ref line, length * 2);
            }

            line[length++] = (byte)b;
        }

        return length;
    }

    // Every line begins with its sequence and ends with its hash.
    private static bool TryParse(ReadOnlySpan<byte> line, out long sequence, out ReadOnlySpan<byte> hash)
    {
        const int HashChars = 2 * KarmaEncoding.HashBytes;
        hash = default;
        sequence = 0;
        if (!line.StartsWith("{\"sequence\":"u8) || !line.EndsWith("\"}"u8) || line.Length < HashChars + 24 || !TryNumber(line[12..], out sequence))
        {
            return false;
        }

        hash = line[^(HashChars + 2)..^2];
        return line[..^(HashChars + 2)].EndsWith("\"hash\":\""u8);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        const int MostDigits = 18;
        number = 0;
        int digits = 0;
        while (digits < text.Length && digits < MostDigits && char.IsAsciiDigit((char)text[digits]))
        {
            number = (number * 10) + (text[digits++] - '0');
        }

        return digits > 0 && digits < text.Length && text[digits] == ',';
    }

    private void Close()
    {
        _file?.Dispose();
        _lock?.Dispose();
        (_file, _lock) = (null, null);
    }
}
