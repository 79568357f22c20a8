using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace WhiteMagic.Binary.Tests.Fuzz;

/// <summary>Takes a sound protocol line of either era and spoils it in one to four ways.</summary>
internal sealed class LineMutator(Random random)
{
    private const int MostChanges = 4, DeepestNest = 300, LargestRepeat = 20_000;
    private const string Meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"fuzz\",\"version\":\"1\"},\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""",
            """{"jsonrpc":"2.0","id":"s-2","method":"tools/list"}""",
            """{"jsonrpc":"2.0","id":3,"method":"ping"}""",
            """{"jsonrpc":"2.0","id":9007199254740993,"method":"no/such","params":{"a":[1,2.5e3,null,true]}}""",
            """{"jsonrpc":"2.0","id":4,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}""",
            """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"create_memory","arguments":{"title":"Harbor","content":"The lantern stands \u00e9 on the wall.","tags":["place","light"]}}}""",
            """{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"search_memories","arguments":{"query":"lantern OR \"harbor wall\"","limit":5}}}""",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_memory","arguments":{"memory_id":"01890000-0000-7000-8000-000000000000"}}}""",
            """{"jsonrpc":"2.0","id":8,"method":"resources/read","params":{"uri":"whitemagic://orientation/tools"}}""",
            """{"jsonrpc":"2.0","id":9,"method":"prompts/get","params":{"name":"recall_first","arguments":{}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":4242,"reason":"x"}}""",
            """{"jsonrpc":"2.0","id":77777,"result":{"ok":true}}""",
            """[{"jsonrpc":"2.0","id":10,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"}]""",
            """{"jsonrpc":"2.0","id":11,"method":"server/discover","params":{META}}""",
            """{"jsonrpc":"2.0","id":12,"method":"tools/list","params":{META}}""",
            """{"jsonrpc":"2.0","id":13,"method":"tools/call","params":{"name":"search_memories","arguments":{"query":"wall"},META}}""",
            """{"jsonrpc":"2.0","id":14,"method":"tools/call","params":{"name":"create_memory","arguments":{"content":"A modern note."},META}}""",
        }.Select(seed => Encoding.UTF8.GetBytes(seed.Replace("META", Meta, StringComparison.Ordinal))),
    ];

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "-0", "-1", "1e999", "1e-999", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "0.1", "\"\"", "{}", "[]",
            "\"\\ud800\"", "\"\\u0000\"", "\"\u2028\"", "\"\U0001F9E0\"", "\\", "\"", ",", ":", "{", "}", "[", "]", "\uFEFF", "\r", "\t", "\0", "//", "/**/", "NaN",
            "\"id\":null,", "\"id\":\"x\",", "\"method\":\"ping\",", "\"jsonrpc\":\"1.0\",", "\"params\":[],", "\"2026-07-28\"", "\"1999-01-01\"", "'", "*", "(", " AND ", " NEAR ",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>A line without a line feed.</summary>
    public byte[] Next()
    {
        List<byte> line = [.. Pick(Seeds)];

        // Bytes changed blindly seldom leave JSON; half of the lines stay JSON, to get past the parser.
        bool staysJson = random.Next(2) == 0;
        for (int left = random.Next(MostChanges + 1); left > 0; left--)
        {
            if (staysJson)
            {
                ChangeWithinJson(line);
            }
            else
            {
                Change(line);
            }
        }

        line.RemoveAll(value => value == (byte)'\n');
        return [.. line];
    }

    private void ChangeWithinJson(List<byte> line)
    {
        switch (random.Next(6))
        {
            case 0:
                Nest(line);
                break;
            case 1 or 2:
                int letter = line.FindIndex(random.Next(line.Count), value => value is >= (byte)'a' and <= (byte)'z');
                if (letter >= 0)
                {
                    line[letter] = (byte)('a' + random.Next(26));
                }

                break;
            default:
                ReplaceValue(line);
                break;
        }
    }

    private void Change(List<byte> line)
    {
        int at = random.Next(line.Count + 1), length = Math.Min(random.Next(1, 12), line.Count - at);
        switch (random.Next(11))
        {
            case 0 when line.Count > 0:
                line[Math.Min(at, line.Count - 1)] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when line.Count > 0:
                line[Math.Min(at, line.Count - 1)] = (byte)random.Next(256);
                break;
            case 2:
                line.RemoveRange(at, length);
                break;
            case 3:
                line.RemoveRange(at, line.Count - at);
                break;
            case 4:
                line.InsertRange(at, line.GetRange(at, length));
                break;
            case 5:
                line.InsertRange(at, Pick(Tokens));
                break;
            case 6:
                line.RemoveRange(at, length);
                line.InsertRange(at, Pick(Tokens));
                break;
            case 7:
                ReplaceValue(line);
                break;
            case 8:
                byte[] other = Pick(Seeds);
                line.RemoveRange(at, line.Count - at);
                line.AddRange(other[random.Next(other.Length)..]);
                break;
            case 9 when random.Next(8) == 0:
                line.InsertRange(at, Enumerable.Repeat((byte)"x{[\" 9"[random.Next(6)], random.Next(LargestRepeat)));
                break;
            case 10 when random.Next(4) == 0:
                Nest(line);
                break;
        }
    }

    /// <summary>Keeps the line JSON: puts another value where one stands after a colon.</summary>
    private void ReplaceValue(List<byte> line)
    {
        int[] starts = [.. Enumerable.Range(0, Math.Max(0, line.Count - 1)).Where(i => line[i] == (byte)':' && line[i + 1] is (byte)'"' or >= (byte)'0' and <= (byte)'9')];
        if (starts.Length == 0)
        {
            return;
        }

        int start = starts[random.Next(starts.Length)] + 1, end = start + 1;
        bool text = line[start] == (byte)'"';
        while (end < line.Count && (text ? line[end] != (byte)'"' : line[end] is >= (byte)'0' and <= (byte)'9'))
        {
            end++;
        }

        end = Math.Min(line.Count, text ? end + 1 : end);
        line.RemoveRange(start, end - start);
        line.InsertRange(start, Tokens[random.Next(16)]);
    }

    private void Nest(List<byte> line)
    {
        int depth = random.Next(DeepestNest), colon = line.LastIndexOf((byte)':');
        if (colon < 0)
        {
            return;
        }

        line.InsertRange(colon + 1, Enumerable.Repeat((byte)'[', depth));
        line.AddRange(Enumerable.Repeat((byte)']', depth));
    }

    private byte[] Pick(byte[][] choices) => choices[random.Next(choices.Length)];
}
