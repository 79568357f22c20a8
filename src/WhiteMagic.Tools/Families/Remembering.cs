using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Storing, changing and taking away memories.</summary>
internal static class Remembering
{
    // One call may replace this many memories.
    private const int MostSuperseded = 64;

    private const int SimilarityDigits = 3;

    // Times of files are whole seconds, rounded down.
    private const int FileTimeMs = 1000;

    private static readonly TextParam _content = new("content") { IsRequired = true };
    private static readonly TextParam _newContent = new("content");
    private static readonly TextParam _title = new("title");
    private static readonly FractionParam _importance = new("importance");
    private static readonly TimeParam _eventTime = new("event_time", "when it happened, RFC 3339");
    private static readonly TimeParam _newEventTime = new("event_time");
    private static readonly TextParam _source = new("source");
    private static readonly ObjectParam _metadata = new("metadata");
    private static readonly IdsParam _supersedes = new("supersedes", MostSuperseded);
    private static readonly OptionalIntegerParam _expectedVersion = new("expected_version", 1, long.MaxValue);
    private static readonly FlagParam _purge = new("purge", "erase for good");

    internal static readonly Tool[] Tools =
    [
        Tool.Define("create_memory", Effect.Write, "Store a memory; a repeated text reinforces.",
            [_content, _title, Common.Tags, Common.Type, _importance, _eventTime, Common.SessionId, Common.Speaker, _source, _metadata, _supersedes, Common.Galaxy],
            Shape.Object(("memory_id", Shape.Text), ("created", Shape.Flag), ("version", Shape.Integer), ("coordinates", Shape.Open), ("similar", Shape.List(Shape.Open))), Create,
            core: true, idempotent: true, aliases: "remember"),

        Tool.Define("update_memory", Effect.Write, "Change fields of a memory; the others stay. \"\" clears.",
            [Common.MemoryId, _newContent, _title, Common.Tags, Common.Type, _importance, _newEventTime, Common.SessionId, Common.Speaker, _source, _metadata,
                _supersedes, _expectedVersion, Common.Galaxy],
            Shape.Object(("memory_id", Shape.Text), ("version", Shape.Integer)), Update, core: true, destructive: true),

        Tool.Define("delete_memory", Effect.Delete, "Delete a memory; restore_memory undoes it unless purge.",
            [Common.MemoryId, _purge, Common.Galaxy],
            Shape.Object(("memory_id", Shape.Text), ("state", Shape.Text), Member.Maybe("backups", Shape.Texts)), Delete, core: true, idempotent: true),

        Tool.Define("restore_memory", Effect.Write, "Bring a deleted memory back.",
            [Common.MemoryId, Common.Galaxy],
            Shape.Object(("memory_id", Shape.Text), ("state", Shape.Text)), Restore, idempotent: true),
    ];

    private static void Create(Call call)
    {
        CreateOutcome outcome = call.Galaxy.Create(
            new MemoryDraft
            {
                Content = call.Get(_content)!,
                Title = call.Get(_title) ?? "",
                Tags = call.Get(Common.Tags) ?? [],
                Type = Common.TypeOf(call) ?? MemoryType.Note,
                Importance = call.Get(_importance) ?? MemoryDraft.UsualImportance,
                EventTimeMs = call.Get(_eventTime),
                SessionId = call.Get(Common.SessionId),
                Speaker = call.Get(Common.Speaker),
                Source = call.Get(_source),
                Metadata = call.Get(_metadata),
                Supersedes = call.Get(_supersedes) ?? [],
            },
            call.Permit);
        call.Json.WriteString("memory_id", outcome.Id.ToString());
        call.Json.WriteBoolean("created", outcome.Created);
        call.Json.WriteNumber("version", outcome.Version);
        (outcome.Coordinates ?? default).Write(call.Json);
        call.Json.WriteStartArray("similar");
        foreach (SimilarMemory similar in outcome.Similar ?? [])
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("memory_id", similar.Id.ToString());
            call.Json.WriteString("title", similar.Title);
            call.Json.WriteNumber("similarity", Math.Round(similar.Similarity, SimilarityDigits));
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
    }

    private static void Update(Call call)
    {
        var patch = new MemoryPatch
        {
            Content = call.Get(_newContent),
            Title = call.Get(_title),
            Tags = call.Get(Common.Tags),
            Type = Common.TypeOf(call),
            Importance = call.Get(_importance),
            EventTimeMs = call.Get(_newEventTime),
            SessionId = call.Get(Common.SessionId),
            Speaker = call.Get(Common.Speaker),
            Source = call.Get(_source),
            Metadata = call.Get(_metadata),
            Supersedes = call.Get(_supersedes),
        };
        if (patch.IsEmpty)
        {
            throw FailureException.Invalid("update_memory was given no field to change; allowed: content, title, tags, memory_type, importance, event_time, "
                + "session_id, speaker, source, metadata, supersedes");
        }

        MemoryId id = call.Get(Common.MemoryId)!.Value;
        long version = call.Galaxy.Update(id, patch, call.Get(_expectedVersion), call.Permit);
        call.Json.WriteString("memory_id", id.ToString());
        call.Json.WriteNumber("version", version);
    }

    private static void Delete(Call call)
    {
        MemoryId id = call.Get(Common.MemoryId)!.Value;
        call.Json.WriteString("memory_id", id.ToString());
        if (call.Get(_purge))
        {
            PurgeOutcome purged = call.Galaxy.Purge(id, call.Permit);
            call.Json.WriteString("state", purged.State == PurgeState.Erased ? "erased" : "pending");
            WriteBackups(call, purged.StoredAtMs);
        }
        else
        {
            call.Galaxy.Delete(id, call.Permit);
            call.Json.WriteString("state", "deleted");
        }
    }

    private static void Restore(Call call)
    {
        MemoryId id = call.Get(Common.MemoryId)!.Value;
        call.Galaxy.Restore(id, call.Permit);
        call.Json.WriteString("memory_id", id.ToString());
        call.Json.WriteString("state", "live");
    }

    // A purge reaches the store, not the copies that were made of it. One that was finished before the memory was there cannot hold it.
    private static void WriteBackups(Call call, long storedAtMs)
    {
        call.Json.WriteStartArray("backups");
        string folder = Path.Combine(call.Workplace.Galaxies.Root, "backups");
        if (Directory.Exists(folder))
        {
            var files = new List<string>(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
            files.Sort(StringComparer.Ordinal);
            foreach (string file in files)
            {
                if (MayBeOf(call.GalaxyName, Path.GetFileName(file)) && !(call.Workplace.WrittenAtMs(file) + FileTimeMs < storedAtMs))
                {
                    call.Json.WriteStringValue(file);
                }
            }
        }

        call.Json.WriteEndArray();
    }

    // The names that this program gives begin with the galaxy; whatever has another name may be a copy of anything.
    private static bool MayBeOf(string galaxy, string file)
    {
        int end = file.EndsWith(".db", StringComparison.Ordinal) ? file.AsSpan().LastIndexOf("-schema")
            : file.EndsWith(".wmbak", StringComparison.Ordinal) ? file.LastIndexOf('-') : -1;
        return end < 0 || file.AsSpan(0, end).SequenceEqual(galaxy);
    }
}
