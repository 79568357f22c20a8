using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Finds the most similar pairs of a galaxy. What it needs is read for the call and given back after it.</summary>
internal static unsafe class Duplicates
{
    internal static List<DuplicatePair> Find(Connection connection, double threshold, int limit)
    {
        long count = connection.ScalarInt64("SELECT count(*) FROM memory_places");

        // SAFETY: both blocks have room for count elements and live until the end of the method; the reader below stops at count.
        var signatures = (CompactSignature*)NativeMemory.Alloc((nuint)count, CompactSignature.Bytes);
        var numbers = (long*)NativeMemory.Alloc((nuint)count, sizeof(long));
        try
        {
            int read = 0;
            Statement s = connection.Prepare("SELECT number, signature FROM memory_places ORDER BY number");
            while (s.Step())
            {
                if (read == count)
                {
                    s.Reset();
                    break;
                }

                if (s.Blob(1).Length == CompactSignature.Bytes)
                {
                    numbers[read] = s.Int64(0);
                    s.Blob(1).CopyTo(new Span<byte>(signatures + read++, CompactSignature.Bytes));
                }
            }

            var found = new SimilarPair[limit];
            int pairCount = DuplicateSearch.Find(new ReadOnlySpan<CompactSignature>(signatures, read), threshold, found);
            return pairCount >= 0
                ? Named(connection, found.AsSpan(0, pairCount), numbers)
                : throw new FailureException(ErrorCode.InternalError, "there is not enough memory to compare all memories of this galaxy", "close other programs and repeat the call", retryable: true);
        }
        finally
        {
            NativeMemory.Free(signatures);
            NativeMemory.Free(numbers);
        }
    }

    private static List<DuplicatePair> Named(Connection connection, ReadOnlySpan<SimilarPair> found, long* numbers)
    {
        var pairs = new List<DuplicatePair>(found.Length);
        foreach (SimilarPair pair in found)
        {
            // A memory that another process erased meanwhile is in no pair.
            if (IdOf(connection, numbers[pair.First]) is { } first && IdOf(connection, numbers[pair.Second]) is { } second)
            {
                pairs.Add(new DuplicatePair(first, second, pair.Similarity));
            }
        }

        return pairs;
    }

    private static MemoryId? IdOf(Connection connection, long number)
    {
        Statement s = connection.Prepare("SELECT memory_id FROM memories WHERE number = ?1 AND deleted_at IS NULL").Bind(1, number);
        MemoryId? id = s.Step() ? MemoryId.Read(s.Blob(0)) : null;
        s.Reset();
        return id;
    }
}
