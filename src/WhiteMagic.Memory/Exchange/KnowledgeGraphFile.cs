using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Memory.Exchange;

/// <summary>
/// Reads the file of <c>@modelcontextprotocol/server-memory</c>: a line per entity or relation, or the graph as one object.
/// The graph is held in memory, since the relations of an entity come after it.
/// </summary>
public static class KnowledgeGraphFile
{
    /// <summary>Largest file: the program that writes it holds it in memory too.</summary>
    public const long MaxBytes = 256 << 20;

    /// <summary>Reads the file; each entity becomes a memory or fails, and so does each relation between unknown entities.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, which becomes the source of the memories.</param>
    /// <param name="take">Receives each memory, with the line of its entity.</param>
    /// <param name="fail">Receives each line that cannot be read and each entity that cannot be taken.</param>
    public static void Read(Stream stream, string? source, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
    {
        var graph = new Graph();
        var lines = new LineReader(stream);
        long bytes = 0;
        while (lines.Read())
        {
            if (JsonLines.IsBlank(lines))
            {
                continue;
            }

            bytes += lines.Line.Length;
            if (bytes > MaxBytes)
            {
                throw FailureException.TooLarge("the server-memory file", bytes, MaxBytes, "bytes or more");
            }

            try
            {
                using JsonDocument document = JsonLines.ParseObject(lines);
                graph.Add(document.RootElement, lines.Number);
            }
            catch (FailureException e)
            {
                fail(new ImportIssue(lines.Number, e.Message));
            }
        }

        graph.Attach();
        foreach (Entity entity in graph.Entities)
        {
            MemoryDraft? draft = null;
            string reason = "";
            try
            {
                draft = entity.Draft(source);
            }
            catch (FailureException e)
            {
                reason = e.Message;
            }

            if (draft is not null)
            {
                take(draft, entity.Line);
            }
            else
            {
                fail(new ImportIssue(entity.Line, reason));
            }
        }
    }

    private sealed class Graph
    {
        private readonly Dictionary<string, Entity> _byName = new(StringComparer.Ordinal);
        private readonly List<Relation> _relations = [];

        public List<Entity> Entities { get; } = [];

        public void Add(JsonElement item, long line)
        {
            if (item.TryGetProperty("type", out JsonElement type))
            {
                AddOne(item, type.ValueKind == JsonValueKind.String ? type.GetString()! : "", line);
            }
            else if (item.TryGetProperty("entities", out _) || item.TryGetProperty("relations", out _))
            {
                // Read whole before anything is kept: a graph that fails in its middle is one failure.
                var part = new Graph();
                part.AddAll(item, "entities", "entity", line);
                part.AddAll(item, "relations", "relation", line);
                Entities.AddRange(part.Entities);
                _relations.AddRange(part._relations);
            }
            else
            {
                throw FailureException.Invalid("it has no type; entity and relation are known");
            }
        }

        /// <summary>Gives each relation to the entity that it starts at, else to the one that it ends at, else to a memory of its own.</summary>
        public void Attach()
        {
            foreach (Entity entity in Entities)
            {
                _byName.TryAdd(entity.Name, entity);
            }

            foreach (Relation relation in _relations)
            {
                if (!_byName.TryGetValue(relation.From, out Entity? owner) && !_byName.TryGetValue(relation.To, out owner))
                {
                    owner = new Entity(relation.From, "", relation.Line) { IsMissing = true };
                    Entities.Add(owner);
                    _byName.Add(relation.From, owner);
                }

                owner.Relations.Add(relation);
            }
        }

        private void AddAll(JsonElement graph, string list, string type, long line)
        {
            if (!graph.TryGetProperty(list, out JsonElement items))
            {
                return;
            }

            foreach (JsonElement item in Array(items, list))
            {
                AddOne(item.ValueKind == JsonValueKind.Object ? item : throw FailureException.Invalid($"{list} holds something that is not an object"), type, line);
            }
        }

        private void AddOne(JsonElement item, string type, long line)
        {
            if (type == "entity")
            {
                var entity = new Entity(Text(item, "name"), Text(item, "entityType", isOptional: true), line);
                foreach (JsonProperty member in item.EnumerateObject())
                {
                    entity.AddMember(member);
                }

                Entities.Add(entity);
            }
            else if (type == "relation")
            {
                _relations.Add(new Relation(Text(item, "from"), Text(item, "to"), Text(item, "relationType", isOptional: true), item.GetRawText(), line));
            }
            else
            {
                throw FailureException.Invalid($"its type {JsonText.Echo(type)} is unknown; entity and relation are known");
            }
        }

        private static string Text(JsonElement item, string name, bool isOptional = false)
        {
            if (!item.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            {
                return isOptional ? "" : throw FailureException.Invalid($"{name} is missing");
            }

            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw FailureException.Invalid($"{name} is not a text");
        }
    }

    private sealed class Relation(string from, string to, string type, string json, long line)
    {
        public string From { get; } = from;

        public string To { get; } = to;

        public string Json { get; } = json;

        public long Line { get; } = line;

        public string Sentence { get; } = $"{from} {(type.Length == 0 ? "is related to" : type)} {to}";
    }

    private sealed class Entity(string name, string type, long line)
    {
        private readonly StringBuilder _observations = new();
        private readonly StringBuilder _extra = new();

        public string Name { get; } = name;

        public long Line { get; } = line;

        /// <summary>Whether only a relation names it.</summary>
        public bool IsMissing { get; init; }

        public List<Relation> Relations { get; } = [];

        public void AddMember(JsonProperty member)
        {
            if (member.Name == "observations" && member.Value.ValueKind != JsonValueKind.Null)
            {
                foreach (JsonElement observation in Array(member.Value, "observations"))
                {
                    _observations.Append('\n').Append(observation.ValueKind == JsonValueKind.String ? observation.GetString() : observation.GetRawText());
                }
            }
            else if (member.Name is not ("type" or "name" or "entityType" or "observations"))
            {
                _extra.Append(',').Append(JsonText.Quote(member.Name)).Append(':').Append(member.Value.GetRawText());
            }
        }

        /// <summary>The content begins with the name: two entities with the same observations are two memories, and a found text says whom it is about.</summary>
        public MemoryDraft Draft(string? source)
        {
            var content = new StringBuilder();
            if (!IsMissing)
            {
                content.Append(Name).Append(type.Length == 0 ? "" : $" ({type})").Append(_observations);
            }

            foreach (Relation relation in Relations)
            {
                content.Append(content.Length == 0 ? "" : "\n").Append(relation.Sentence);
            }

            return new MemoryDraft
            {
                Title = Name,
                Content = content.ToString(),
                Tags = Tag(),
                Type = MemoryType.Fact,
                Source = source,
                Metadata = Metadata(),
            };
        }

        // A type that is no valid tag is still in the content and the metadata.
        private string[] Tag()
        {
            try
            {
                return MemoryFields.Tags([type]);
            }
            catch (FailureException)
            {
                return [];
            }
        }

        private string? Metadata()
        {
            var json = new StringBuilder();
            if (type.Length > 0)
            {
                json.Append(",\"entity_type\":").Append(JsonText.Quote(type));
            }

            json.Append(_extra);
            int withoutRelations = json.Length;
            for (int i = 0; i < Relations.Count; i++)
            {
                json.Append(i == 0 ? ",\"relations\":[" : ",").Append(Relations[i].Json).Append(i == Relations.Count - 1 ? "]" : "");
            }

            // The relations are in the content as sentences; very many do not fit here too.
            if (Encoding.UTF8.GetByteCount(json.ToString()) >= Limits.MetadataBytes)
            {
                json.Length = withoutRelations;
            }

            return json.Length == 0 ? null : "{" + json.ToString(1, json.Length - 1) + "}";
        }
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw FailureException.Invalid($"{name} is not an array");
}
