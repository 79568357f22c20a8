using System;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Mcp;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Tools;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class ResourceTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private string? _failure;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Memory_LongerThanAWindow_IsReadToItsEnd()
    {
        string content = new string('a', 262_144) + new string('b', 1000);
        string uri = "memory://default/" + _bench.Create(content);
        JsonElement first = Read(uri)!.Value;
        Assert.Equal(262_144, first.GetProperty("next_offset").GetInt32());
        JsonElement second = Read(uri + "?offset_bytes=262144")!.Value;
        Assert.Equal(content[262_144..], second.GetProperty("memory").GetProperty("content").GetString());
        Assert.False(second.TryGetProperty("next_offset", out _));
    }

    [Theory]
    [InlineData("memory://default/0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b")]
    [InlineData("memory://absent/0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b")]
    [InlineData("memory://default/zzz")]
    [InlineData("memory://default/0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b?offset_bytes=x")]
    public void Memory_ThatIsNotThere_IsNotFound(string uri)
    {
        Assert.Null(Read(uri));
        Assert.Null(_failure);
    }

    [Fact]
    public void Memory_OfADamagedStore_SaysWhatIsWrong()
    {
        string uri = "memory://default/" + _bench.Create("text");
        _bench.Bench.Galaxies.Dispose();
        File.WriteAllText(_bench.Bench.DatabasePath, new string('x', 5000));
        Assert.Null(Read(uri));
        Assert.StartsWith("storage_corrupt: ", _failure, StringComparison.Ordinal);
        Assert.Contains(_bench.Bench.DatabasePath, _failure, StringComparison.Ordinal);
    }

    // The text of the resource, as JSON; null when there is no such resource.
    private JsonElement? Read(string uri)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        bool found;
        using (var json = new Utf8JsonWriter(buffer, Wire.JsonOptions))
        {
            json.WriteStartArray();
            found = new Offer(_bench.Catalog, _bench.Dispatcher, _bench.Workplace).ReadResource(uri, new RequestContext { Client = "tests/1", HasConnectionState = true, IsWithdrawn = () => false }, json, out _failure);
            json.WriteEndArray();
        }

        if (!found)
        {
            return null;
        }

        using JsonDocument contents = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan));
        Assert.Equal(uri, contents.RootElement[0].GetProperty("uri").GetString());
        using JsonDocument text = JsonDocument.Parse(contents.RootElement[0].GetProperty("text").GetString()!);
        return text.RootElement.Clone();
    }
}
