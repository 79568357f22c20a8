using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Sha256;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Sqlite;

/// <summary>One galaxy on SQLite: every change is one transaction that ends with its ledger entry.</summary>
internal sealed class SqliteGalaxy : IGalaxyStore, IDisposable
{
    // A pause is short, and so is the end of a command line.
    private const int MostMirroredAtOnce = 2000;
    private const int MostMirroredAtTheEnd = 50_000;

    private readonly StoreOptions _options;
    private readonly KarmaTable _karma;
    private readonly KarmaMirror _mirror;
    private readonly Repetitions _repetitions;
    private readonly PointIndex _points;
    private readonly DamagedMemories _damaged;
    private readonly LogErasure _erasure;
    private readonly SearchEngine _search;

    internal SqliteGalaxy(string name, string path, StoreOptions options)
    {
        Name = name;
        _options = options;
        Database = new GalaxyDatabase(name, path, options);
        _karma = new KarmaTable(Database, options);
        _mirror = new KarmaMirror(name, options, _karma);
        _karma.Mirror = _mirror;
        _repetitions = new Repetitions(Database);
        _points = new PointIndex(Database);
        _damaged = new DamagedMemories(Database);
        _erasure = new LogErasure(Database, options);
        Vectors = options.Model is { IsTrusted: true } model ? new Vectors(model) : null;
        _search = new SearchEngine(Database, Vectors);
        Index = new SearchWriter(options.MostRecentChanges, Vectors, options.Reached);
    }

    public string Name { get; }

    public ILedger Ledger => _karma;

    internal GalaxyDatabase Database { get; }

    internal SearchWriter Index { get; }

    internal Vectors? Vectors { get; }

    public void Dispose()
    {
        _karma.FlushPending(_options.BusyTimeoutMs);
        if (Database.IsOpen)
        {
            _mirror.CatchUp(MostMirroredAtTheEnd);
        }

        _mirror.Dispose();
        _erasure.Finish();
        Database.Dispose();
        _repetitions.Dispose();
        _points.Dispose();
        _search.Dispose();
        Vectors?.Dispose();
    }

    public void Bound(TimeSpan? limit, Func<bool>? isCancelled) => Database.Bound(limit, isCancelled);

    public MemoryRecord? Find(MemoryId id, bool includeDeleted = false, bool evenDamaged = false)
    {
        MemoryRecord? memory = Database.Read(c => MemoryRows.Find(c, id, NowMs, includeDeleted));
        return memory is { IsDamaged: true } && !evenDamaged ? throw FailureException.Damaged(id) : memory;
    }

    public IReadOnlyList<MemoryId> Damaged() => Database.Read(c => _damaged.Look(c));

    public IReadOnlyList<MemoryRecord> History(MemoryId id) => Database.Read(c => Succession.Of(c, id, NowMs));

    public void NoteAccess(MemoryId id) => _karma.NoteAccess(id, NowMs);

    public ListPage List(MemoryFilter filter, int limit, string? cursor = null, int? previewBytes = null) =>
        Database.Read(c => MemoryRows.List(c, filter, NowMs, limit, cursor, previewBytes));

    public IReadOnlyList<SearchHit> Search(string query, MemoryFilter filter, int limit, int? previewBytes = null)
    {
        int bytes = Encoding.UTF8.GetByteCount(query);
        return bytes > Limits.QueryBytes
            ? throw FailureException.TooLarge("query", bytes, Limits.QueryBytes, "bytes")
            : Database.Read(c => _search.Find(c, query, filter, NowMs, limit, previewBytes));
    }

    public void ReadAll(MemoryFilter filter, Func<MemoryRecord, bool> visit) => Database.Read(c =>
    {
        MemoryRows.ReadAll(c, filter, NowMs, visit);
        return 0;
    });

    public IReadOnlyList<Neighbour> Nearest(in Coordinates point, int limit, double? radius = null, MemoryId? except = null, int? previewBytes = null)
    {
        Coordinates at = point;
        return Database.Read(c =>
        {
            long nowMs = NowMs;
            _points.Refresh(c, nowMs);
            return _points.Nearest(c, at, limit, radius, except, previewBytes, nowMs);
        });
    }

    public IReadOnlyList<DuplicatePair> FindDuplicates(double threshold, int limit) => Database.Read(c => Duplicates.Find(c, threshold, limit));

    public HologramFacts Hologram() => Database.Read(c => new HologramFacts(c.ScalarInt64("SELECT count(*) FROM memory_places"), _points.Count));

    public GalaxyFacts Facts() => Database.Read(c =>
    {
        long all = c.ScalarInt64("SELECT count(*) FROM memories");
        long deleted = c.ScalarInt64("SELECT count(*) FROM memories WHERE deleted_at IS NOT NULL");
        return new GalaxyFacts(all - deleted, deleted, c.ScalarInt64("SELECT max(sequence) FROM karma_entries"), Migrations.VersionOf(c),
            Length(Database.Path), Length(Database.Path + "-wal"));
    });

    public CreateOutcome Create(MemoryDraft draft, Permit permit)
    {
        Deed deed = permit.Spend();
        if (!_repetitions.IsLoaded)
        {
            // Reading all signatures must not keep other writers waiting.
            Database.Read(_repetitions.Refresh);
        }

        int entryCount = _karma.PendingCount + 1;
        long entry = 0;
        List<SimilarMemory>? similar = null;
        Stored made = Change(first: _repetitions.Refresh, change: connection =>
        {
            Stored stored = Store(connection, draft);
            similar = stored.Created ? _repetitions.Of(connection, stored.Number, stored.Signature) : null;
            entry = _karma.Append(connection, deed, permit, stored.Salt, stored.Changed, stored.Id.ToBytes());
            return stored;
        });
        if (made.Created)
        {
            _repetitions.Add(made.Number, made.Signature, entry, entryCount);
        }

        return new CreateOutcome(made.Id, made.Created, made.Version) { Coordinates = made.Coordinates, Similar = similar };
    }

    public long Update(MemoryId id, MemoryPatch patch, long? expectedVersion, Permit permit)
    {
        Deed deed = permit.Spend();
        return Change(connection =>
        {
            (MemoryRecord memory, long number, byte[] salt) = Require(connection, id);
            if (expectedVersion is { } expected && expected != memory.Version)
            {
                throw new FailureException(ErrorCode.Conflict, $"memory {id} has version {memory.Version}, expected_version was {expected}; nothing was changed",
                    "read_memory gives the stored version; merge your change into it and repeat");
            }

            if (memory.IsDamaged && patch.Content is null)
            {
                throw FailureException.Damaged(id);
            }

            string content = patch.Content ?? memory.Content;
            string? session = patch.SessionId is null ? memory.SessionId : NullIfEmpty(patch.SessionId);
            string? speaker = patch.Speaker is null ? memory.Speaker : NullIfEmpty(patch.Speaker);
            byte[] utf8 = Encoding.UTF8.GetBytes(content);
            byte[] hash = patch.Content is null ? Convert.FromHexString(memory.ContentHash) : HashOf(utf8);
            double importance = patch.Importance ?? memory.Importance;
            long eventTimeMs = patch.EventTimeMs ?? memory.EventTimeMs;
            long repetition = MemoryRows.FreeRepetition(connection, hash, speaker, session, id);
            bool isSameText = patch.Content is null && speaker == memory.Speaker && session == memory.SessionId;
            connection.Prepare(
                "UPDATE memories SET title = ?2, content = ?3, tags = ?4, memory_type = ?5, importance = ?6, updated_at = ?7, event_time = ?8, session_id = ?9, "
                + "speaker = ?10, source = ?11, metadata = ?12, version = version + 1, content_hash = ?13, repetition = iif(?15, repetition, ?14) WHERE memory_id = ?1")
                .BindBlob(1, id.ToBytes()).Bind(2, patch.Title ?? memory.Title).Bind(3, content).Bind(4, MemoryRows.TagsToText(patch.Tags ?? memory.Tags))
                .Bind(5, (long)(patch.Type ?? memory.Type)).Bind(6, importance).Bind(7, NowMs)
                .Bind(8, eventTimeMs).Bind(9, session).Bind(10, speaker)
                .Bind(11, patch.Source is null ? memory.Source : NullIfEmpty(patch.Source))
                .Bind(12, patch.Metadata is null ? memory.Metadata : NullIfEmpty(patch.Metadata)).BindBlob(13, hash).Bind(14, repetition).Bind(15, isSameText ? 1L : 0L).Run();
            long changed = connection.Changes;
            if (patch.Supersedes is { } older)
            {
                changed += older.Count == 0 ? Succession.Release(connection, id) : Succession.Replace(connection, id, older, mayMiss: false);
            }

            Places.Write(connection, number, utf8, importance, eventTimeMs);
            Index.Put(connection, number);
            _karma.Append(connection, deed, permit, salt, changed, id.ToBytes());
            return memory.Version + 1;
        });
    }

    public void Delete(MemoryId id, Permit permit)
    {
        Deed deed = permit.Spend();
        Change(connection =>
        {
            (_, long number, byte[] salt) = Require(connection, id);
            connection.Prepare("UPDATE memories SET deleted_at = ?2 WHERE memory_id = ?1").BindBlob(1, id.ToBytes()).Bind(2, NowMs).Run();
            long changed = connection.Changes;
            Index.Remove(connection, number);
            _karma.Append(connection, deed, permit, salt, changed, id.ToBytes());
            return 0;
        });
    }

    public PurgeOutcome Purge(MemoryId id, Permit permit)
    {
        Deed deed = permit.Spend();
        long storedAtMs = Change(connection =>
        {
            (MemoryRecord memory, long number, byte[] salt) = Require(connection, id, includeDeleted: true);
            long since = Math.Min(memory.CreatedAtMs, KarmaTable.FirstNamedAtMs(connection, id) ?? memory.CreatedAtMs);
            connection.Prepare("DELETE FROM memories WHERE memory_id = ?1").BindBlob(1, id.ToBytes()).Run();
            long changed = connection.Changes;
            Index.Remove(connection, number);
            SearchWriter.ForgetSpeakers(connection);
            _karma.Append(connection, deed, permit, salt, changed, id.ToBytes());
            return since;
        });
        return new PurgeOutcome(_erasure.Begin(), storedAtMs);
    }

    /// <summary>Commits what is pending and finishes a purge, as far as neither needs to wait.</summary>
    internal void Pause()
    {
        _karma.FlushPending();
        _mirror.CatchUp(MostMirroredAtOnce);
        _erasure.Finish();
    }

    public bool Restore(MemoryId id, Permit permit)
    {
        Deed deed = permit.Spend();
        return Change(connection =>
        {
            (MemoryRecord memory, long number, byte[] salt) = Require(connection, id, includeDeleted: true);
            long changed = 0;
            if (memory.DeletedAtMs is not null)
            {
                long repetition = MemoryRows.FreeRepetition(connection, Convert.FromHexString(memory.ContentHash), memory.Speaker, memory.SessionId, id);
                connection.Prepare("UPDATE memories SET deleted_at = NULL, repetition = ?2 WHERE memory_id = ?1").BindBlob(1, id.ToBytes()).Bind(2, repetition).Run();
                changed = connection.Changes;
                Places.Write(connection, number, Encoding.UTF8.GetBytes(memory.Content), memory.Importance, memory.EventTimeMs);
                Index.Put(connection, number);
            }

            _karma.Append(connection, deed, permit, salt, changed, id.ToBytes());
            return changed > 0;
        });
    }

    public IImportSession BeginImport(Permit permit) => new ImportSession(this, permit, permit.Spend());

    /// <summary>One transaction: what is pending first, then the change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="first">Looks at what is committed, before anything is written; null when nobody wants to.</param>
    internal T Change<T>(Func<Connection, T> change, Func<Connection, int>? first = null)
    {
        T result = Database.Write(connection =>
        {
            first?.Invoke(connection);
            _karma.WritePending(connection);
            return change(connection);
        });
        _karma.ForgetPending();
        _erasure.Finish();
        return result;
    }

    /// <summary>Tells a test that a stage of a write is reached.</summary>
    internal void Reach(string stage) => _options.Reached?.Invoke(stage);

    /// <summary>Appends the entry of an import's batch, in the batch's transaction.</summary>
    internal void AppendBatch(Connection connection, Deed deed, Permit permit, long changed, ReadOnlySpan<byte> memoryIds)
    {
        Span<byte> salt = stackalloc byte[KarmaTable.SaltBytes];
        _options.Random(salt);
        _karma.Append(connection, deed, permit, salt, changed, memoryIds);
    }

    /// <summary>Inserts a draft, or reinforces the live memory that repeats it: tags are united, importance takes the larger.</summary>
    /// <param name="connection">Holds the transaction.</param>
    /// <param name="draft">What to store.</param>
    /// <param name="mayMissSuperseded">Whether a memory that the draft replaces may be unknown here, as it may in an import.</param>
    internal Stored Store(Connection connection, MemoryDraft draft, bool mayMissSuperseded = false)
    {
        byte[] content = Encoding.UTF8.GetBytes(draft.Content);
        byte[] hash = HashOf(content);
        Statement repeated = connection.Prepare(
            "SELECT memory_id FROM memories WHERE content_hash = ?1 AND ifnull(speaker, '') = ?2 AND ifnull(session_id, '') = ?3 AND deleted_at IS NULL ORDER BY repetition LIMIT 1")
            .BindBlob(1, hash).Bind(2, draft.Speaker ?? "").Bind(3, draft.SessionId ?? "");
        if (repeated.Step())
        {
            MemoryId id = MemoryId.Read(repeated.Blob(0));
            repeated.Reset();
            return Reinforce(connection, id, draft, content, mayMissSuperseded);
        }

        long nowMs = NowMs;
        long createdAtMs = draft.CreatedAtMs ?? nowMs;
        MemoryId made = draft.Id ?? MemoryId.Create(nowMs, _options.Random);
        byte[] salt = new byte[KarmaTable.SaltBytes];
        _options.Random(salt);
        connection.Prepare(
            "INSERT INTO memories(memory_id, title, content, tags, memory_type, importance, created_at, updated_at, event_time, session_id, speaker, source, metadata, "
            + "version, content_hash, repetition, salt) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, ?16)")
            .BindBlob(1, made.ToBytes()).Bind(2, draft.Title).Bind(3, draft.Content).Bind(4, MemoryRows.TagsToText(draft.Tags)).Bind(5, (long)draft.Type)
            .Bind(6, draft.Importance).Bind(7, createdAtMs).Bind(8, draft.UpdatedAtMs ?? createdAtMs).Bind(9, draft.EventTimeMs ?? createdAtMs)
            .Bind(10, draft.SessionId).Bind(11, draft.Speaker).Bind(12, draft.Source).Bind(13, draft.Metadata).Bind(14, draft.Version)
            .BindBlob(15, hash).BindBlob(16, salt).Run();
        long number = connection.LastInsertRowId;
        long eventTimeMs = draft.EventTimeMs ?? createdAtMs;
        CompactSignature.OfText(content, out CompactSignature signature);
        Place place = Places.Write(connection, number, content, draft.Importance, eventTimeMs, signature);
        Index.Put(connection, number);
        return new Stored(made, true, draft.Version, 1 + Succession.Replace(connection, made, draft.Supersedes, mayMissSuperseded), salt)
        {
            Number = number,
            Signature = signature,
            Coordinates = place.At(nowMs, eventTimeMs, draft.Importance),
        };
    }

    private Stored Reinforce(Connection connection, MemoryId id, MemoryDraft draft, ReadOnlySpan<byte> content, bool mayMissSuperseded)
    {
        (MemoryRecord memory, long number, byte[] salt) = Require(connection, id);
        Coordinates? coordinates = memory.Coordinates;
        var tags = new List<string>(memory.Tags);
        tags.AddRange(draft.Tags);
        string[] united = MemoryFields.Tags(tags);
        double importance = Math.Max(memory.Importance, draft.Importance);

        // The row is written even when nothing in it differs: it was reinforced, and the ledger counts what the storage did.
        long changed;
        if (united.Length == memory.Tags.Count && importance == memory.Importance && !memory.IsDamaged)
        {
            connection.Prepare("UPDATE memories SET importance = importance WHERE memory_id = ?1").BindBlob(1, id.ToBytes()).Run();
            changed = connection.Changes;
        }
        else
        {
            // What a damaged memory was is in the draft.
            connection.Prepare("UPDATE memories SET tags = ?2, importance = ?3, content = ?4, memory_type = ?5, metadata = ?6 WHERE memory_id = ?1")
                .BindBlob(1, id.ToBytes()).Bind(2, MemoryRows.TagsToText(united)).Bind(3, importance).Bind(4, draft.Content)
                .Bind(5, (long)memory.Type).Bind(6, memory.Metadata ?? (memory.IsDamaged ? draft.Metadata : null)).Run();
            changed = connection.Changes;
            Index.Put(connection, number);
            coordinates = Places.Write(connection, number, content, importance, memory.EventTimeMs).At(NowMs, memory.EventTimeMs, importance, memory.AccessCount, memory.LastAccessedAtMs);
        }

        return new Stored(id, false, memory.Version, changed + Succession.Replace(connection, id, draft.Supersedes, mayMissSuperseded), salt) { Coordinates = coordinates };
    }

    private (MemoryRecord Memory, long Number, byte[] Salt) Require(Connection connection, MemoryId id, bool includeDeleted = false)
    {
        MemoryRecord memory = MemoryRows.Find(connection, id, NowMs, includeDeleted) ?? throw FailureException.NoMemory(id, Name);
        Statement s = connection.Prepare("SELECT salt, number FROM memories WHERE memory_id = ?1").BindBlob(1, id.ToBytes());
        s.Step();
        byte[] salt = s.Blob(0).ToArray();
        long number = s.Int64(1);
        s.Reset();
        return (memory, number, salt);
    }

    private long NowMs => _options.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static byte[] HashOf(ReadOnlySpan<byte> content)
    {
        byte[] digest = new byte[Sha256State.DigestBytes];
        Sha256State.Hash(content, digest);
        return digest;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static long Length(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
