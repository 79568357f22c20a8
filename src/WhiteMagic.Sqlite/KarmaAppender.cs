using System;
using System.Text;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Kernels.Sha256;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Appends entries to the ledger in the transaction that the caller holds: the head is read once and written once, however many there are.</summary>
internal sealed class KarmaAppender
{
    private readonly Connection _connection;
    private readonly MerkleFrontier _tree;
    private readonly byte[] _previous = new byte[KarmaEncoding.HashBytes];
    private readonly byte[] _hash = new byte[KarmaEncoding.HashBytes];
    private readonly byte[] _leaf = new byte[KarmaEncoding.HashBytes];
    private byte[] _encoding = new byte[512];

    private KarmaAppender(Connection connection, MerkleFrontier tree)
    {
        _connection = connection;
        _tree = tree;
    }

    /// <summary>Reads the head.</summary>
    /// <exception cref="FailureException">It is not that of a ledger: appending would hide what was done to it.</exception>
    internal static KarmaAppender Begin(Connection connection)
    {
        Statement s = connection.Prepare("SELECT size, hash, peaks FROM karma_head WHERE id = 1");
        KarmaAppender? appender = null;
        if (s.Step() && s.Blob(1).Length == KarmaEncoding.HashBytes && MerkleFrontier.Of(s.Int64(0), s.Blob(2)) is { } tree)
        {
            appender = new KarmaAppender(connection, tree);
            s.Blob(1).CopyTo(appender._previous);
            s.Reset();
        }

        appender?.CatchUp();
        return appender ?? throw new FailureException(ErrorCode.StorageCorrupt, "the head row of the ledger was damaged, so that no entry can be appended, and nothing can be changed",
            "karma_verify_chain says what is wrong; restore a backup, or export what is there");
    }

    /// <summary>Starts anew with an empty tree.</summary>
    internal static KarmaAppender Anew(Connection connection) => new(connection, new MerkleFrontier());

    /// <summary>Appends an entry and returns its sequence.</summary>
    internal long Append(in KarmaTable.Pending p, long changed)
    {
        var fields = new KarmaFields
        {
            Sequence = _tree.Size + 1,
            TimeMs = p.TimeMs,
            Tool = Encoding.UTF8.GetBytes(p.Tool),
            Agent = Encoding.UTF8.GetBytes(p.Agent),
            Session = Encoding.UTF8.GetBytes(p.Session),
            Effect = (long)p.Effect,
            Changed = changed,
            Outcome = Encoding.UTF8.GetBytes(p.Outcome),
            Rules = Encoding.UTF8.GetBytes(p.Rules),
            Score = p.Score,
            ArgumentsHash = p.ArgumentsHash,
            MemoryIds = p.MemoryIds,
            DurationUs = p.DurationUs,
            PreviousHash = _previous,
        };
        Grow(fields);
        _connection.Prepare(
            "INSERT INTO karma_entries(sequence, time, tool, agent, session, effect, changed, outcome, rules, score, arguments_hash, memory_ids, duration_us, previous_hash, hash) "
            + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")
            .Bind(1, fields.Sequence).Bind(2, p.TimeMs).Bind(3, p.Tool).Bind(4, p.Agent).Bind(5, p.Session)
            .Bind(6, (long)p.Effect).Bind(7, changed).Bind(8, p.Outcome).Bind(9, p.Rules).Bind(10, p.Score)
            .BindBlob(11, p.ArgumentsHash).BindBlob(12, p.MemoryIds).Bind(13, p.DurationUs)
            .BindBlob(14, _previous).BindBlob(15, _hash).Run();
        _hash.CopyTo(_previous, 0);
        return fields.Sequence;
    }

    // A process of an older wm that had the database open when it was migrated knows nothing of the head; what it appended is as good as ours.
    private void CatchUp() => KarmaRows.ReadAll(_connection.Prepare(KarmaRows.Select + " WHERE sequence > ?1 ORDER BY sequence").Bind(1, _tree.Size), (in KarmaFields fields) =>
    {
        if (fields.Sequence != _tree.Size + 1 || !fields.HaveTheirLengths || !fields.PreviousHash.SequenceEqual(_previous))
        {
            return false;
        }

        Take(fields);
        return fields.Hash.SequenceEqual(_hash);
    });

    /// <summary>Takes an entry that is there already into the tree.</summary>
    internal void Take(in KarmaFields fields)
    {
        Grow(fields);
        fields.Hash.CopyTo(_previous);
    }

    /// <summary>Writes the head.</summary>
    internal void End() =>
        _connection.Prepare("UPDATE karma_head SET size = ?1, hash = ?2, peaks = ?3 WHERE id = 1").Bind(1, _tree.Size).BindBlob(2, _previous).BindBlob(3, _tree.Peaks).Run();

    private void Grow(in KarmaFields fields)
    {
        int length = KarmaEncoding.LengthOf(fields);
        if (_encoding.Length < length)
        {
            _encoding = new byte[length];
        }

        ReadOnlySpan<byte> encoding = _encoding.AsSpan(0, KarmaEncoding.Encode(fields, _encoding));
        Sha256State.Hash(encoding, _hash);
        MerkleHash.Leaf(encoding, _leaf);
        _tree.Append(_leaf, StoreTile);
    }

    private void StoreTile(int height, long index, ReadOnlySpan<byte> root)
    {
        if (height % KarmaTree.TileHeight == 0)
        {
            _connection.Prepare("INSERT OR REPLACE INTO karma_tiles(height, number, hash) VALUES(?1, ?2, ?3)").Bind(1, (long)height).Bind(2, index).BindBlob(3, root).Run();
        }
    }
}
