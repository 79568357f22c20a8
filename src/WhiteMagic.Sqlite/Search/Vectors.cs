using System;
using System.Runtime.InteropServices;
using System.Text;
using WhiteMagic.Memory.Embedding;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>
/// The directions of the memories' texts in a model's space, for a galaxy whose state root has a model: the table memory_vectors, which is made when
/// it is first needed, and a copy of it in memory while that is small enough, to find the nearest.
/// </summary>
internal sealed unsafe class Vectors(EmbeddingModel model) : IDisposable
{
    private const int MostBytes = 64 << 20;

    private sbyte* _all;
    private int _slotCount;

    /// <summary>Whether the nearest can be found; else only memories that were found by words are compared.</summary>
    internal bool IsWhole => _all != null;

    public void Dispose()
    {
        NativeMemory.Free(_all);
        _all = null;
        _slotCount = 0;
    }

    /// <summary>The direction of a text.</summary>
    internal sbyte[] Of(ReadOnlySpan<byte> text)
    {
        var vector = new sbyte[model.Dimensions];
        model.Embed(text, vector);
        return vector;
    }

    /// <summary>Writes the vector of a memory, as it is stored now.</summary>
    internal void Write(Connection connection, long number)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS memory_vectors(number INTEGER PRIMARY KEY REFERENCES memories(number) ON DELETE CASCADE, "
            + "model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT");
        Statement s = connection.Prepare("SELECT title, content FROM memories WHERE number = ?1").Bind(1, number);
        byte[] text = s.Step() ? Encoding.UTF8.GetBytes(s.Text(0) + "\n" + s.Text(1)) : [];
        s.Reset();
        connection.Prepare("REPLACE INTO memory_vectors(number, model, vector) VALUES(?1, ?2, ?3)")
            .Bind(1, number).Bind(2, model.Identity).BindBlob(3, MemoryMarshal.AsBytes(Of(text).AsSpan())).Run();
    }

    /// <summary>How many living memories have no vector of this model.</summary>
    internal long CountMissing(Connection connection)
    {
        string living = "SELECT count(*) FROM memories m WHERE m.deleted_at IS NULL";
        return !Exists(connection) ? connection.ScalarInt64(living) : One(connection.Prepare(
            living + " AND NOT EXISTS(SELECT 1 FROM memory_vectors v WHERE v.number = m.number AND v.model = ?1)").Bind(1, model.Identity));
    }

    /// <summary>Reads everything anew for a table of so many slots.</summary>
    internal void Load(Connection connection, int slotCount)
    {
        Dispose();
        if (!Exists(connection) || (long)slotCount * model.Dimensions > MostBytes)
        {
            return;
        }

        // SAFETY: freed by Dispose; _slotCount bounds every access.
        _all = (sbyte*)NativeMemory.AllocZeroed((nuint)slotCount, (nuint)model.Dimensions);
        _slotCount = slotCount;
        Statement s = connection.Prepare("SELECT number, vector FROM memory_vectors WHERE model = ?1").Bind(1, model.Identity);
        while (s.Step())
        {
            Set(s.Int64(0), MemoryMarshal.Cast<byte, sbyte>(s.Blob(1)));
        }
    }

    /// <summary>Reads a memory's vector anew.</summary>
    internal void Refresh(Connection connection, long number, int slotCount)
    {
        if (number >= _slotCount)
        {
            // The table has grown, or the first vector came.
            Load(connection, slotCount);
        }
        else
        {
            Set(number, Read(connection, number));
        }
    }

    /// <summary>The vector of a memory; empty when it has none.</summary>
    internal sbyte[] Read(Connection connection, long number)
    {
        if (!Exists(connection))
        {
            return [];
        }

        Statement s = connection.Prepare("SELECT vector FROM memory_vectors WHERE number = ?1 AND model = ?2").Bind(1, number).Bind(2, model.Identity);
        sbyte[] vector = s.Step() && s.Blob(0).Length == model.Dimensions ? MemoryMarshal.Cast<byte, sbyte>(s.Blob(0)).ToArray() : [];
        s.Reset();
        return vector;
    }

    /// <summary>Writes the memories nearest to a direction that the filter admits, and returns their number.</summary>
    internal int Nearest(ReadOnlySpan<sbyte> direction, DocumentTable documents, SearchFilter which, double least, Span<int> numbers)
    {
        Span<double> cosines = stackalloc double[numbers.Length];
        int count = 0;
        for (int number = 1; number < _slotCount; number++)
        {
            double cosine = EmbeddingModel.Cosine(direction, new ReadOnlySpan<sbyte>(_all + ((long)number * model.Dimensions), model.Dimensions));
            if (cosine < least || (count == numbers.Length && cosine <= cosines[count - 1]) || !documents.Has(number) || !(which.AdmitsAll || which.Admits(number)))
            {
                continue;
            }

            count = Math.Min(count + 1, numbers.Length);
            int at = count - 1;
            for (; at > 0 && cosines[at - 1] < cosine; at--)
            {
                (cosines[at], numbers[at]) = (cosines[at - 1], numbers[at - 1]);
            }

            (cosines[at], numbers[at]) = (cosine, number);
        }

        return count;
    }

    private static bool Exists(Connection connection) => connection.ScalarInt64("SELECT count(*) FROM sqlite_schema WHERE name = 'memory_vectors'") > 0;

    private static long One(Statement s)
    {
        long value = s.Step() ? s.Int64(0) : 0;
        s.Reset();
        return value;
    }

    private void Set(long number, ReadOnlySpan<sbyte> vector)
    {
        if (number > 0 && number < _slotCount)
        {
            var slot = new Span<sbyte>(_all + (number * model.Dimensions), model.Dimensions);
            slot.Clear();
            vector[..Math.Min(vector.Length, slot.Length)].CopyTo(slot);
        }
    }
}
