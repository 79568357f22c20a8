using System;
using System.Runtime.InteropServices;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Reads and writes the records of search_documents.</summary>
internal static class DocumentPages
{
    internal const int PerPage = 100;

    private const int RecordBytes = 36;

    /// <summary>The record of a memory; all zero when there is none.</summary>
    internal static DocumentRecord Read(Connection connection, long number)
    {
        Statement s = connection.Prepare("SELECT records FROM search_documents WHERE page = ?1").Bind(1, number / PerPage);
        DocumentRecord record = s.Step() ? Of(s.Blob(0), number) : default;
        s.Reset();
        return record;
    }

    /// <summary>Writes the record of a memory.</summary>
    internal static void Write(Connection connection, long number, in DocumentRecord record)
    {
        Span<byte> records = stackalloc byte[PerPage * RecordBytes];
        records.Clear();
        Statement s = connection.Prepare("SELECT records FROM search_documents WHERE page = ?1").Bind(1, number / PerPage);
        bool isThere = s.Step();
        if (isThere)
        {
            ReadOnlySpan<byte> stored = s.Blob(0);
            stored[..Math.Min(stored.Length, records.Length)].CopyTo(records);
        }

        s.Reset();
        MemoryMarshal.Write(records[((int)(number % PerPage) * RecordBytes)..], record);
        connection.Prepare(isThere ? "UPDATE search_documents SET records = ?2 WHERE page = ?1" : "INSERT INTO search_documents(page, records) VALUES(?1, ?2)")
            .Bind(1, number / PerPage).BindBlob(2, records).Run();
    }

    /// <summary>The record of a memory in the records of its page.</summary>
    internal static DocumentRecord Of(ReadOnlySpan<byte> records, long number)
    {
        int at = (int)(number % PerPage) * RecordBytes;
        return records.Length >= at + RecordBytes ? MemoryMarshal.Read<DocumentRecord>(records[at..]) : default;
    }
}
