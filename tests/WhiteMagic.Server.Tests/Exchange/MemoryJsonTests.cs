using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class MemoryJsonTests
{
    private static readonly MemoryId _id = MemoryId.Read([0x01, 0x90, 1, 2, 3, 4, 0x75, 6, 0x87, 8, 9, 10, 11, 12, 13, 14]);

    [Fact]
    public void Write_EverythingSet_WritesEveryMember()
    {
        var memory = new MemoryRecord
        {
            Id = _id,
            Title = "T",
            Content = "C é \"q\" <b>",
            Tags = ["a", "b"],
            Type = MemoryType.Decision,
            Importance = 0.75,
            CreatedAtMs = 0,
            UpdatedAtMs = 1,
            EventTimeMs = 2,
            SessionId = "s",
            Speaker = "p",
            Source = "o",
            Metadata = "{\"k\":\n1}",
            Version = 3,
            AccessCount = 4,
            LastAccessedAtMs = 5,
            ContentHash = "ff",
            SupersededBy = _id,
            DeletedAtMs = 6,
        };
        Assert.Equal(
            "{\"memory_id\":\"01900102-0304-7506-8708-090a0b0c0d0e\",\"title\":\"T\",\"content\":\"C é \\\"q\\\" <b>\",\"tags\":[\"a\",\"b\"],\"memory_type\":\"decision\","
            + "\"importance\":0.75,\"created_at\":\"1970-01-01T00:00:00.000Z\",\"updated_at\":\"1970-01-01T00:00:00.001Z\",\"event_time\":\"1970-01-01T00:00:00.002Z\","
            + "\"session_id\":\"s\",\"speaker\":\"p\",\"source\":\"o\",\"metadata\":{\"k\": 1},\"version\":3,\"access_count\":4,"
            + "\"last_accessed_at\":\"1970-01-01T00:00:00.005Z\",\"content_hash\":\"ff\",\"superseded_by\":\"01900102-0304-7506-8708-090a0b0c0d0e\","
            + "\"deleted_at\":\"1970-01-01T00:00:00.006Z\"}",
            Written(json => MemoryJson.Write(json, memory)));
    }

    [Fact]
    public void Write_NothingOptionalSet_LeavesItOut()
    {
        string[] names = Names(Written(json => MemoryJson.Write(json, Plain())));
        Assert.Equal(["memory_id", "title", "content", "tags", "memory_type", "importance", "created_at", "updated_at", "event_time", "version", "access_count", "content_hash"], names);
    }

    [Fact]
    public void WriteSnippet_Memory_HasSnippetInPlaceOfContent()
    {
        string json = Written(writer => MemoryJson.WriteSnippet(writer, Plain(), "part"));
        Assert.Contains("\"snippet\":\"part\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"content\":", json, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteWindow_Memory_HasThePartAsContent() =>
        Assert.Contains("\"content\":\"cont\"", Written(json => MemoryJson.WriteWindow(json, Plain(), ContentWindow.Of("content", 0, 4))), StringComparison.Ordinal);

    [Fact]
    public void WriteMembers_OpenObject_AddsAllButTheContent()
    {
        string json = Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("score", 1);
            MemoryJson.WriteMembers(writer, Plain());
            writer.WriteEndObject();
        });
        Assert.Equal(["score", "memory_id", "title", "tags"], Names(json)[..4]);
        Assert.DoesNotContain("content", Names(json));
    }

    private static MemoryRecord Plain() => new()
    {
        Id = _id,
        Title = "",
        Content = "content",
        Tags = [],
        Type = MemoryType.Note,
        Importance = 0.5,
        CreatedAtMs = 0,
        UpdatedAtMs = 0,
        EventTimeMs = 0,
        Version = 1,
        AccessCount = 0,
        ContentHash = "ff",
    };

    private static string[] Names(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name).ToArray();

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var stream = new MemoryStream();
        using (Utf8JsonWriter json = JsonLines.OpenWriter(stream))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
