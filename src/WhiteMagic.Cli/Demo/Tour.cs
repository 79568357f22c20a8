using System;
using System.Globalization;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Verbs;

namespace WhiteMagic.Cli.Demo;

/// <summary>The conversation of the demo; each answer is checked, so that a tour that ends is a server that works.</summary>
internal sealed class Tour(Invocation call, string root, Transcript transcript)
{
    private const string Decision = "Ada Berg chose PostgreSQL for the billing service on 2026-03-02, because two teams already run it.";

    /// <summary>Plays it.</summary>
    /// <returns>How many entries the ledger has at the end.</returns>
    internal long Play()
    {
        string decisionId;
        using (DemoServer server = Start("1. A client starts the server and asks what it offers"))
        {
            JsonElement tools = server.Ask("tools/list", _ => { }).GetProperty("tools"u8);
            Expect(tools.GetArrayLength() > 0, "tools/list", "no tool is listed");
            Note(tools.GetArrayLength(), " tools are offered.");

            transcript.Say("2. The agent stores what should outlive this conversation");
            decisionId = Store(server, "Database of the billing service", Decision, "decision", "billing");
            Store(server, "Ada's working hours", "Ada Berg works from Lisbon and answers messages before noon.", "fact", "people");
            Store(server, "Open: migration plan", "Write the migration plan for the billing service and let Ada review it.", "note", "todo");

            transcript.Say("3. Later it searches with a question");
            JsonElement results = server.Call("search_memories", json => json.WriteString("query", "which database does billing use, and why?")).GetProperty("results"u8);
            Expect(results.GetArrayLength() > 0 && MemoryPage.TextOf(results[0], "memory_id") == decisionId, "search_memories", "the decision was not found first");
            End(server);
        }

        using DemoServer second = Start("4. The server is stopped and started again: memories survive");
        JsonElement memory = second.Call("read_memory", json => json.WriteString("memory_id", decisionId)).GetProperty("memory"u8);
        Expect(MemoryPage.TextOf(memory, "content") == Decision, "read_memory", "the text is not what was stored");

        transcript.Say("5. A new session begins with one text of what matters, quoted as data");
        JsonElement pack = second.Call("context_pack", json =>
        {
            json.WriteString("query", "billing service");
            json.WriteNumber("token_budget", 400);
        });
        Expect(pack.GetProperty("tokens"u8).GetInt64() <= 400 && pack.GetProperty("memory_ids"u8).GetArrayLength() >= 2, "context_pack", "the pack is too long or too empty");
        Show(MemoryPage.TextOf(pack, "text"));

        transcript.Say("6. Every call left an entry in the Karma ledger; the chain is recomputed");
        JsonElement chain = second.Call("karma_verify_chain", _ => { });
        long entries = chain.GetProperty("entries"u8).GetInt64();
        Expect(chain.GetProperty("valid"u8).GetBoolean() && entries >= 6, "karma_verify_chain", "the chain is not whole");
        End(second);
        return entries;
    }

    private DemoServer Start(string title)
    {
        transcript.Say(title);
        var server = new DemoServer(call.Around.ProgramPath, root, transcript);
        JsonElement hello = server.Ask("initialize", json =>
        {
            json.WriteString("protocolVersion", "2025-06-18");
            json.WriteStartObject("capabilities");
            json.WriteEndObject();
            json.WriteStartObject("clientInfo");
            json.WriteString("name", "wm-demo");
            json.WriteString("version", BuildFacts.Version);
            json.WriteEndObject();
        });
        Expect(MemoryPage.TextOf(hello.GetProperty("serverInfo"u8), "name") == "whitemagic", "initialize", "another server answered");
        server.Notify("notifications/initialized");
        return server;
    }

    private static string Store(DemoServer server, string title, string content, string type, string tag)
    {
        JsonElement stored = server.Call("create_memory", json =>
        {
            json.WriteString("content", content);
            json.WriteString("title", title);
            json.WriteString("memory_type", type);
            json.WriteStartArray("tags");
            json.WriteStringValue(tag);
            json.WriteEndArray();
        });
        Expect(stored.GetProperty("created"u8).GetBoolean(), "create_memory", "the memory was not stored");
        return MemoryPage.TextOf(stored, "memory_id");
    }

    private static void End(DemoServer server) => Expect(server.End() == 0, "the end of the server", "its exit code is not 0");

    private void Note(int count, string text)
    {
        if (!call.Json)
        {
            call.Around.Out.WriteLine("   " + count.ToString(CultureInfo.InvariantCulture) + text);
        }
    }

    private void Show(string text)
    {
        if (!call.Json)
        {
            foreach (string line in Printable.Text(text).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                call.Around.Out.WriteLine("   | " + line);
            }
        }
    }

    private static void Expect(bool isAsExpected, string subject, string problem)
    {
        if (!isAsExpected)
        {
            throw DemoServer.Unexpected(subject, problem);
        }
    }
}
