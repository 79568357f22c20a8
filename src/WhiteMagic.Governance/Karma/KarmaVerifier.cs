using System;
using System.Collections.Generic;
using System.Globalization;
using WhiteMagic.Kernels.Sha256;

namespace WhiteMagic.Governance.Karma;

/// <summary>What verifying a ledger found.</summary>
/// <param name="Entries">Entries read up to the end or the first bad one.</param>
/// <param name="Head">Hash of the last good entry, hexadecimal; 64 zeroes for an empty chain.</param>
/// <param name="Root">Root of the tree over the good entries, hexadecimal.</param>
/// <param name="FirstBadSequence">The first entry that is not what it must be; null when there is none, or when it cannot be told.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
public sealed record KarmaVerdict(long Entries, string Head, string Root, long? FirstBadSequence, string? Problem);

/// <summary>
/// Recomputes a ledger from its first entry, in one pass: the chain, the tree, the stored subtrees, the head, and what checkpoints that were kept
/// elsewhere say about it.
/// </summary>
public sealed class KarmaVerifier
{
    private readonly ILedger _ledger;
    private readonly string? _galaxy;
    private readonly IReadOnlyList<KarmaCheckpoint> _checkpoints;
    private readonly MerkleFrontier _tree = new();
    private readonly byte[] _head = new byte[KarmaEncoding.HashBytes];
    private readonly byte[] _hash = new byte[KarmaEncoding.HashBytes];
    private byte[] _encoding = new byte[1024];
    private long? _firstBad;
    private string? _problem;

    private KarmaVerifier(ILedger ledger, string? galaxy, IReadOnlyList<KarmaCheckpoint> checkpoints)
    {
        _ledger = ledger;
        _galaxy = galaxy;
        _checkpoints = checkpoints;
    }

    /// <summary>Reads the whole ledger and names the first entry that is not what it must be.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="galaxy">The galaxy that it should be of; null: whichever.</param>
    /// <param name="checkpoints">What was kept elsewhere.</param>
    public static KarmaVerdict Verify(ILedger ledger, string? galaxy = null, params IReadOnlyList<KarmaCheckpoint> checkpoints) => new KarmaVerifier(ledger, galaxy, checkpoints).Run();

    private KarmaVerdict Run()
    {
        // While the entries are read, the head and the subtrees are of the same moment.
        KarmaHead? head = null;
        _ledger.ReadFields(long.MinValue, (in KarmaFields fields) =>
        {
            if (head is null)
            {
                head = _ledger.ReadHead();
                CheckOrigin(head);
            }

            return _problem is null && Check(fields);
        });
        if (head is null)
        {
            head = _ledger.ReadHead();
            CheckOrigin(head);
        }

        if (_problem is null)
        {
            CheckHead(head);
        }

        if (_problem is null)
        {
            CheckSizes();
        }

        return new KarmaVerdict(_tree.Size, Convert.ToHexStringLower(_head), Convert.ToHexStringLower(_tree.Root()), _firstBad, _problem);
    }

    private bool Check(in KarmaFields fields)
    {
        long expected = _tree.Size + 1;
        string? problem = fields.Sequence != expected ? string.Create(CultureInfo.InvariantCulture, $"entry {expected} is missing, {fields.Sequence} follows")
            : !fields.PreviousHash.SequenceEqual(_head) ? "it does not name the hash of the entry before"
            : !fields.HaveTheirLengths ? "one of its fields has a length or value that no entry has"
            : null;
        if (problem is null)
        {
            problem = HasItsHash(fields) ? null : "its hash is not the hash of its fields";
        }

        if (problem is not null)
        {
            Fail(Math.Min(fields.Sequence, expected), problem);
            return false;
        }

        _hash.CopyTo(_head, 0);
        MerkleHash.Leaf(_encoding.AsSpan(0, KarmaEncoding.LengthOf(fields)), _hash);
        _tree.Append(_hash, CheckTile);
        CheckRootAt(_tree.Size);
        return _problem is null;
    }

    private bool HasItsHash(in KarmaFields fields)
    {
        int length = KarmaEncoding.LengthOf(fields);
        if (_encoding.Length < length)
        {
            _encoding = new byte[length];
        }

        Sha256State.Hash(_encoding.AsSpan(0, KarmaEncoding.Encode(fields, _encoding)), _hash);
        return fields.Hash.SequenceEqual(_hash);
    }

    private void CheckTile(int height, long index, ReadOnlySpan<byte> root)
    {
        if (height % KarmaTree.TileHeight == 0 && !root.SequenceEqual(_ledger.ReadTile(height, index)))
        {
            Fail(null, string.Create(CultureInfo.InvariantCulture, $"the stored subtree {index} of height {height} is not that of the entries {(index << height) + 1} to {(index + 1) << height}"));
        }
    }

    private void CheckHead(KarmaHead head)
    {
        if (head.Size > _tree.Size)
        {
            Fail(_tree.Size + 1, string.Create(CultureInfo.InvariantCulture, $"entry {_tree.Size + 1} is missing: the head says that there are {head.Size}"));
        }
        else if (head.Size < _tree.Size)
        {
            Fail(head.Size + 1, string.Create(CultureInfo.InvariantCulture, $"the head says that there are {head.Size} entries, and there are {_tree.Size}"));
        }
        else if (!head.Hash.Span.SequenceEqual(_head) || !head.Peaks.Span.SequenceEqual(_tree.Peaks))
        {
            Fail(null, "the head row is not that of these entries");
        }
    }

    private void CheckOrigin(KarmaHead head)
    {
        if (head.Size < 0)
        {
            Fail(null, "the head row is gone");
        }
        else if (_galaxy is not null && head.Galaxy != _galaxy)
        {
            Fail(null, $"this is the ledger of galaxy {head.Galaxy}, in the place of that of {_galaxy}");
        }

        foreach (KarmaCheckpoint checkpoint in _checkpoints)
        {
            if (checkpoint.Origin != head.Origin)
            {
                Fail(null, $"the checkpoint is of {checkpoint.Origin}, this ledger is {head.Origin}: the database was exchanged or made anew");
            }
        }
    }

    private void CheckRootAt(long size)
    {
        foreach (KarmaCheckpoint checkpoint in _checkpoints)
        {
            if (checkpoint.Size == size && _problem is null && !checkpoint.Root.Span.SequenceEqual(_tree.Root()))
            {
                Fail(null, string.Create(CultureInfo.InvariantCulture, $"the first {size} entries are not those of the checkpoint: one of them was rewritten, with all that follow"));
            }
        }
    }

    private void CheckSizes()
    {
        foreach (KarmaCheckpoint checkpoint in _checkpoints)
        {
            if (checkpoint.Size > _tree.Size)
            {
                Fail(_tree.Size + 1, string.Create(CultureInfo.InvariantCulture, $"entry {_tree.Size + 1} is missing: the checkpoint has {checkpoint.Size} entries, the ledger {_tree.Size}; it was cut, or replaced by an older copy"));
            }
            else if (checkpoint.Size == 0 && !checkpoint.Root.Span.SequenceEqual(MerkleHash.Empty()))
            {
                Fail(null, "the checkpoint of no entries has a root that no empty tree has");
            }
        }
    }

    private void Fail(long? sequence, string problem)
    {
        _problem ??= problem;
        _firstBad ??= sequence;
    }
}
