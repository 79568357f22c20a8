using System.Collections.Generic;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Parameters and shapes that several families share.</summary>
internal static class Common
{
    internal static readonly TextParam Galaxy = new("galaxy");
    internal static readonly TextParam SessionId = new("session_id");
    internal static readonly TextParam Speaker = new("speaker");
    internal static readonly TextsParam Tags = new("tags");
    internal static readonly ChoiceParam Type = new("memory_type", null, MemoryTypes.Names.ToArray());
    internal static readonly TimeParam Since = new("since", "inclusive, on event_time");
    internal static readonly TimeParam Until = new("until", "exclusive");
    internal static readonly FlagParam IncludeDeleted = new("include_deleted");

    /// <summary>The memory that a call is about; <c>id</c> is accepted too.</summary>
    internal static readonly IdParam MemoryId = new("memory_id") { IsRequired = true, Alias = "id" };

    /// <summary>What one found memory looks like. Further fields of it may come.</summary>
    internal static readonly Shape Found = Shape.Object(("memory_id", Shape.Text), Member.Maybe("title", Shape.Text), Member.Maybe("snippet", Shape.Text),
        Member.Maybe("content", Shape.Text), Member.Maybe("score", Shape.Number), Member.Maybe("tags", Shape.Texts), Member.Maybe("event_time", Shape.Text),
        Member.Maybe("superseded_by", Shape.Text), Member.Maybe("suspicious", Shape.Any));

    /// <summary>What a listed memory looks like, or one that is read: its body is <c>snippet</c> or <c>content</c>. Further fields of it may come.</summary>
    internal static Shape MemoryWith(string body) => Shape.Object(("memory_id", Shape.Text), ("title", Shape.Text), (body, Shape.Text), ("tags", Shape.Texts),
        ("memory_type", Shape.Text), ("importance", Shape.Number), ("created_at", Shape.Text), ("event_time", Shape.Text), ("version", Shape.Integer));

    /// <summary>Ids of memories that were left out because they are damaged. Rare, so its schema is the shortest there is.</summary>
    internal static readonly Member Damaged = Member.Maybe("damaged", Shape.Any);

    /// <summary>The filter that a call's arguments make.</summary>
    internal static MemoryFilter FilterOf(Call call) => new()
    {
        Tags = call.Get(Tags) ?? [],
        Type = TypeOf(call),
        SessionId = call.Get(SessionId),
        Speaker = call.Get(Speaker),
        SinceMs = call.Get(Since),
        UntilMs = call.Get(Until),
        IncludeDeleted = call.Get(IncludeDeleted),
    };

    internal static MemoryType? TypeOf(Call call) => call.Get(Type) is { } name && MemoryTypes.TryParse(name, out MemoryType type) ? type : null;

    /// <summary>Writes what rules have to say, if they have.</summary>
    internal static void WriteWarnings(System.Text.Json.Utf8JsonWriter json, IReadOnlyList<string> warnings)
    {
        if (warnings.Count > 0)
        {
            json.WriteStartArray("warnings");
            foreach (string warning in warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Writes an array of ids.</summary>
    internal static void WriteIds(System.Text.Json.Utf8JsonWriter json, string name, IReadOnlyList<MemoryId> ids, int first = 0)
    {
        json.WriteStartArray(name);
        for (int i = first; i < ids.Count; i++)
        {
            json.WriteStringValue(ids[i].ToString());
        }

        json.WriteEndArray();
    }
}
