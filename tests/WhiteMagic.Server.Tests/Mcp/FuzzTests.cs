using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int LinesPerServer = 500;

    private static readonly UTF8Encoding Strict = new(false, true);

    private static readonly string[] Seeds =
    [
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\",\"clientInfo\":{\"name\":\"f\",\"version\":\"1\"}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"a\":[1,2,{\"b\":null}]}}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"},3]",
        Session.Legacy("-12345678901234567890", "tools/call", "\"name\":\"echo\",\"arguments\":{\"a\":\"\\ud83e\\udde0 é 🧠 \\n\",\"b\":[1,2.5e7,true,null,{}]}"),
        Session.Legacy("\"x\\u0041\"", "tools/call", "\"name\":\"progress\",\"arguments\":{\"count\":3},\"_meta\":{\"progressToken\":\"t\"}"),
        Session.Legacy("5", "resources/read", "\"uri\":\"fixture://one\""),
        Session.Legacy("6", "prompts/get", "\"name\":\"greet\",\"arguments\":{}"),
        Session.Modern("7", "server/discover"),
        Session.Modern("\"8\"", "tools/list"),
        Session.Modern("9", "tools/call", "\"name\":\"echo\",\"arguments\":{\"x\":[[[[[[\"deep\"]]]]]]}"),
        Session.Modern("10", "resources/templates/list"),
        Session.Modern("11", "tools/call", "\"name\":\"crash\""),
    ];

    private static readonly string[] Pieces =
        ["\"id\":2,", "\"id\":null,", "\"method\":\"ping\",", "{", "}", "[", "]", "\"", ":", ",", "\\", "\\ud800", "\\u0000", "null", "1e9", "\ufeff", "\r", "{\"a\":", "[[[[", "\0", "é"];

    [Fact]
    public void Line_Mutated_IsAnsweredAsItsMeaningDemands()
    {
        int seed = Environment.TickCount;
        int count = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 100_000 : 20_000;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {count} lines"));
        var random = new Random(seed);
        int requestCount = 0;
        for (int done = 0; done < count; done += LinesPerServer)
        {
            using Session session = random.Next(3) switch
            {
                0 => Session.Start(),
                1 => Session.StartLegacy("2025-03-26"),
                _ => Session.StartLegacy(),
            };
            for (int i = 0; i < LinesPerServer; i++)
            {
                byte[] line = Mutate(random);
                try
                {
                    requestCount += Exchange(session, line) ? 1 : 0;
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException(
                        string.Create(CultureInfo.InvariantCulture, $"seed {seed}, line {Convert.ToBase64String(line)} ({Encoding.UTF8.GetString(line)})"), failure);
                }
            }

            session.Finish();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requestCount} of them were requests with a valid id"));
        Assert.True(requestCount > count / 10, "the mutations left too few requests to prove anything");
    }

    /// <summary>Sends a line and a ping, and checks what comes before the answer to the ping; true when the line was a request.</summary>
    private static bool Exchange(Session session, byte[] line)
    {
        session.SendRaw([.. line, (byte)'\n']);
        session.Send("{\"jsonrpc\":\"2.0\",\"id\":\"marker\",\"method\":\"ping\"}");
        var answers = new List<JsonElement>();
        while (true)
        {
            string text = session.Output.Next();
            if (text == "{\"jsonrpc\":\"2.0\",\"id\":\"marker\",\"result\":{}}")
            {
                break;
            }

            JsonElement answer = JsonDocument.Parse(text).RootElement;
            if (answer.ValueKind == JsonValueKind.Array || !answer.TryGetProperty("method", out _))
            {
                answers.Add(answer);
            }
        }

        Meaning meaning = MeaningOf(line, out string id);
        switch (meaning)
        {
            case Meaning.Nothing:
                Assert.Empty(answers);
                break;
            case Meaning.Request:
                Assert.Equal(id, Assert.Single(answers).GetProperty("id").GetRawText());
                break;
            case Meaning.Invalid:
                Check.Error(Assert.Single(answers), -32600, id);
                break;
            case Meaning.Unparsable:
                Check.Error(Assert.Single(answers), -32700, "null");
                break;
            default:
                // A batch: one line, or none when it asks nothing.
                Assert.InRange(answers.Count, 0, 1);
                break;
        }

        return meaning == Meaning.Request;
    }

    /// <summary>An oracle on the framework's document model, which shares nothing with the pass over the envelope.</summary>
    private static Meaning MeaningOf(byte[] line, out string id)
    {
        id = "null";
        string text;
        try
        {
            text = Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return Meaning.Unparsable;
        }

        text = (text.StartsWith('\ufeff') ? text[1..] : text).Trim(' ', '\t', '\r');
        if (text.Length == 0)
        {
            return Meaning.Nothing;
        }

        JsonElement root;
        try
        {
            root = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 10_000 }).RootElement;
        }
        catch (JsonException)
        {
            return Meaning.Unparsable;
        }

        if (root.ValueKind == JsonValueKind.Array)
        {
            return Meaning.Batch;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return Meaning.Invalid;
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            members[NameOf(member)] = member.Value;
        }

        bool hasMethod = members.TryGetValue("method", out JsonElement method);
        if (!hasMethod && (members.ContainsKey("result") || members.ContainsKey("error")))
        {
            return Meaning.Nothing;
        }

        bool hasId = members.TryGetValue("id", out JsonElement idElement);
        bool isIdValid = hasId && idElement.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        if (isIdValid)
        {
            id = idElement.GetRawText();
            isIdValid = idElement.ValueKind == JsonValueKind.String || id.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        }

        bool isWhole = hasMethod && method.ValueKind == JsonValueKind.String
            && members.TryGetValue("jsonrpc", out JsonElement version) && version.ValueKind == JsonValueKind.String && version.GetRawText() == "\"2.0\"";
        if (!isWhole || (hasId && !isIdValid))
        {
            return Meaning.Invalid;
        }

        return hasId ? Meaning.Request : Meaning.Nothing;
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "unreadable";
        }
    }

    private static byte[] Mutate(Random random)
    {
        var line = new List<byte>(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
        int changes = random.Next(5);
        for (int i = 0; i < changes && line.Count > 0; i++)
        {
            int at = random.Next(line.Count);
            int length = Math.Min(random.Next(1, 20), line.Count - at);
            switch (random.Next(8))
            {
                case 0:
                    line[at] = (byte)random.Next(256);
                    break;
                case 1:
                    line[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    line.RemoveRange(at, length);
                    break;
                case 3:
                    line.InsertRange(at, line.GetRange(at, length));
                    break;
                case 4:
                    line.RemoveRange(at, line.Count - at);
                    break;
                case 5:
                    string other = Seeds[random.Next(Seeds.Length)];
                    line.InsertRange(at, Encoding.UTF8.GetBytes(other[random.Next(other.Length)..]));
                    break;
                default:
                    line.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        line.RemoveAll(b => b == '\n');
        return [.. line];
    }

    private enum Meaning
    {
        Nothing,
        Request,
        Invalid,
        Unparsable,
        Batch,
    }
}
