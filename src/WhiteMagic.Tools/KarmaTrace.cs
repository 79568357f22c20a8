using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools;

/// <summary>Entries of the ledger with what proves them to somebody who has a checkpoint and nothing else. docs/karma.md says how to check them.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="given">The checkpoint against which to prove; null: the ledger as it is now.</param>
internal sealed class KarmaTrace(ILedger ledger, KarmaCheckpoint? given)
{
    // What fits into an answer; the rest can be asked for by sequence.
    private const int MostEntries = 200;

    private readonly KarmaTree _tree = new(ledger);

    internal void Write(Call call, MemoryId? memory, long? sequence)
    {
        KarmaCheckpoint now = _tree.Checkpoint();
        KarmaCheckpoint against = given ?? now;
        if (against.Origin != now.Origin || against.Size > now.Size)
        {
            throw FailureException.Invalid(string.Create(CultureInfo.InvariantCulture, $"the checkpoint is of {against.Origin} with {against.Size} entries; this ledger is {now.Origin} with {now.Size}"),
                "karma_verify_chain with this checkpoint says what it means");
        }

        call.Json.WriteString("checkpoint", against.Text);
        call.Json.WriteStartArray("entries");
        int count = 0;
        bool isCut = false;
        foreach (KarmaEntry entry in Find(memory, sequence))
        {
            if (entry.Sequence > against.Size)
            {
                if (sequence is not null)
                {
                    throw new FailureException(ErrorCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"entry {entry.Sequence} is younger than the checkpoint, which has {against.Size}"),
                        "prove it without a checkpoint, or against a younger one");
                }

                continue;
            }

            if (count == MostEntries || !call.TryAppend(json => WriteEntry(json, entry, against.Size)))
            {
                isCut = true;
                break;
            }

            count++;
        }

        call.Json.WriteEndArray();
        call.Json.WriteBoolean("truncated", isCut);
        if (given is not null && given.Size < now.Size)
        {
            call.Json.WriteString("now", now.Text);
            WriteHashes(call.Json, "consistency", _tree.Consistency(given.Size, now.Size));
        }
    }

    private List<KarmaEntry> Find(MemoryId? memory, long? sequence)
    {
        var found = new List<KarmaEntry>();
        if (sequence is { } number)
        {
            ledger.ReadFields(number, (in KarmaFields fields) =>
            {
                if (fields.Sequence == number)
                {
                    found.Add(KarmaEntry.Of(fields));
                }

                return false;
            });
        }
        else
        {
            ledger.ReadNaming(memory!.Value.ToBytes(), (in KarmaFields fields) =>
            {
                found.Add(KarmaEntry.Of(fields));
                return found.Count <= MostEntries;
            });
        }

        return found.Count > 0 ? found : throw new FailureException(ErrorCode.NotFound, sequence is { } missing
            ? string.Create(CultureInfo.InvariantCulture, $"the ledger has no entry {missing}") : $"no entry names memory {memory}", "karma_report counts the entries");
    }

    private void WriteEntry(Utf8JsonWriter json, KarmaEntry entry, long size)
    {
        json.WriteStartObject();
        KarmaJson.WriteMembers(json, entry);
        json.WriteString("encoding", Convert.ToHexStringLower(KarmaEncoding.Encode(entry)));
        json.WriteNumber("size", size);
        WriteHashes(json, "path", _tree.Inclusion(entry.Sequence, size));
        json.WriteEndObject();
    }

    private static void WriteHashes(Utf8JsonWriter json, string name, List<byte[]> hashes)
    {
        json.WriteStartArray(name);
        foreach (byte[] hash in hashes)
        {
            json.WriteStringValue(Convert.ToHexStringLower(hash));
        }

        json.WriteEndArray();
    }
}
