using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using WhiteMagic.Governance.Karma;

namespace WhiteMagic.Sqlite;

/// <summary>Compares the files of a mirror, byte for byte, with the lines that the entries make.</summary>
/// <param name="olderPath">The lines that were set aside; the file may be absent.</param>
/// <param name="path">The lines after them; the file may be absent.</param>
/// <param name="leastOlderBytes">A file that was set aside has at least so many, unless it was cut.</param>
/// <param name="ledger">The entries.</param>
internal sealed class KarmaMirrorCheck(string olderPath, string path, long leastOlderBytes, KarmaTable ledger)
{
    private const int BufferBytes = 64 << 10;
    private const int MostLineBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _expected = new();
    private byte[] _line = new byte[4096];
    private int _length;

    private string Name => "the mirror karma/" + Path.GetFileName(path);

    /// <summary>Null when they agree or there is no mirror; else what differs first.</summary>
    internal string? Run()
    {
        try
        {
            using FileStream? older = TryOpen(olderPath);
            using FileStream? newer = TryOpen(path);
            return newer is null && older is null ? null : Compare(older, newer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Name + " cannot be read";
        }
    }

    private static FileStream? TryOpen(string file) =>
        File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes) : null;

    private string? Compare(FileStream? older, FileStream? newer)
    {
        if (!ReadLine(older, newer))
        {
            // Nothing was written yet, or everything cut: from outside both are a lag.
            return ledger.ReadHead().Size == 0 ? null : Name + " is empty: it lags, or was cut";
        }

        if (!KarmaLine.TryParse(_line.AsSpan(0, _length), out long first, out _))
        {
            return Name + " does not begin with an entry";
        }

        // Only what follows a file that was set aside, or was set aside itself after another, begins later than the ledger.
        if (first != 1 && (older is null || older.Length < leastOlderBytes))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Name} begins with entry {first}: its beginning was cut");
        }

        long next = first;
        string? problem = null;
        bool isLine = true;
        ledger.ReadFields(first, (in KarmaFields fields) =>
        {
            if (!isLine)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"{Name} ends before entry {fields.Sequence}: it lags, or was cut");
                return false;
            }

            _expected.ResetWrittenCount();
            KarmaLine.Write(_expected, fields);
            if (!_expected.WrittenSpan.SequenceEqual(_line.AsSpan(0, _length)))
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"{Name} says otherwise at entry {fields.Sequence}: one of the two was changed");
                return false;
            }

            next = fields.Sequence + 1;
            isLine = ReadLine(older, newer);
            return true;
        });
        return problem ?? (isLine ? string.Create(CultureInfo.InvariantCulture, $"{Name} has entry {next}, and the ledger ends before it") : null);
    }

    private bool ReadLine(FileStream? older, FileStream? newer) => ReadLine(older) || ReadLine(newer);

    // A line without its end is still being written. Of one that is too long the beginning is enough to differ.
    private bool ReadLine(FileStream? reader)
    {
        _length = 0;
        for (int b = reader?.ReadByte() ?? -1; b != '\n'; b = reader!.ReadByte())
        {
            if (b < 0)
            {
                return false;
            }

            if (_length == MostLineBytes)
            {
                return true;
            }

            if (_length == _line.Length)
            {
                Array.Resize(ref _line, _length * 2);
            }

            _line[_length++] = (byte)b;
        }

        return true;
    }
}
