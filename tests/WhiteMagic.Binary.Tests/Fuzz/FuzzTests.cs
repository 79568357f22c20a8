using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests.Fuzz;

public sealed class FuzzTests
{
    private const long LargestResidentBytes = 512L << 20;
    private const int ShownBytes = 1500;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    /// <summary>WM_FUZZ_SEED repeats a run; without it every run is another one.</summary>
    [Fact]
    public void Server_FedMutatedLines_AnswersEachThatMustBeAndLivesOn()
    {
        int count = Budget.Of(reduced: 5_000, full: 100_000);
        int seed = int.TryParse(Environment.GetEnvironmentVariable("WM_FUZZ_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, {count} lines");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-fuzz-");
        try
        {
            using StdioServer server = new(ServerUnderTest.ServeCommand(), folder.FullName);
            Conversation conversation = new(server, seed);
            conversation.Open();
            LineMutator mutator = new(new Random(seed));
            for (int i = 0; i < count; i++)
            {
                conversation.Exchange(i, mutator.Next());
            }

            conversation.StoreAndFind();
            Assert.InRange(server.ResidentBytes, 1, LargestResidentBytes);
            server.EndInput();
            Assert.True(server.WaitForExit(AnswerLimit), "did not leave at EOF");
            Assert.Equal(0, server.ExitCode);
            TestContext.Current.TestOutputHelper?.WriteLine(conversation.Summary);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One line at a time, each followed by a ping: when the ping is answered, the line was survived.</summary>
    private sealed class Conversation(StdioServer server, int seed)
    {
        private readonly int[] counts = new int[Enum.GetValues<Due>().Length];

        // An answer that was optional may come after its ping; it is then no breach of a later silence.
        private bool strayPossible;

        public string Summary => string.Join(", ", Array.ConvertAll(Enum.GetValues<Due>(), due => $"{due} {counts[(int)due]}"));

        public void Open()
        {
            server.Send("""{"jsonrpc":"2.0","id":"open","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}""");
            Assert.True(ReceiveAnswerTo("open").TryGetProperty("result", out _), "initialize failed: " + server.Errors);
            server.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        }

        public void Exchange(int index, byte[] line)
        {
            Expectation expected = Expectation.Of(line);
            counts[(int)expected.Due]++;
            string probe = "probe-" + index.ToString(CultureInfo.InvariantCulture);
            try
            {
                server.Send(line, Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":"{{probe}}","method":"ping"}"""));
            }
            catch (IOException broken)
            {
                Fail(index, line, expected, broken.Message);
            }

            List<JsonElement> answers = [];
            bool probed = false;
            while (!probed || !IsMet(expected, answers))
            {
                byte[]? received = server.Receive(AnswerLimit);
                if (received is null)
                {
                    Fail(index, line, expected, server.HasExited ? $"the server exited with {server.ExitCode}" : probed ? "no answer" : "no answer to the ping behind it");
                }

                JsonElement message = ReadAnswer(index, line, expected, received);
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out JsonElement id) && Expectation.IdText(id) == "s" + probe)
                {
                    probed = true;
                }
                else
                {
                    answers.Add(message);
                }
            }

            if (answers.Count > 0 && expected.Due == Due.Silence && !strayPossible)
            {
                Fail(index, line, expected, "answered: " + answers[0].GetRawText());
            }

            if (answers.Count > 1 && expected.Due is Due.AnswerWithId or Due.ParseError && !strayPossible)
            {
                Fail(index, line, expected, "answered twice: " + answers[1].GetRawText());
            }

            strayPossible = expected.Due is Due.Either or Due.AnyAnswer;
        }

        /// <summary>After all that, the store still works.</summary>
        public void StoreAndFind()
        {
            server.Send("""{"jsonrpc":"2.0","id":"store","method":"tools/call","params":{"name":"create_memory","arguments":{"title":"Last","content":"Zanzibar survived the flood."}}}""");
            server.Send("""{"jsonrpc":"2.0","id":"find","method":"tools/call","params":{"name":"search_memories","arguments":{"query":"Zanzibar"}}}""");
            ReceiveAnswerTo("store");
            string found = ReceiveAnswerTo("find").GetRawText();
            Assert.Contains("survived the flood", found, StringComparison.Ordinal);
        }

        /// <summary>The next answer on stdout, which has to be this one; answers that were optional may still come before it.</summary>
        private JsonElement ReceiveAnswerTo(string id)
        {
            while (true)
            {
                byte[]? received = server.Receive(AnswerLimit);
                Assert.True(received is not null, $"no answer to '{id}': {server.Errors}");
                using JsonDocument document = JsonDocument.Parse(received);
                if (HasId(document.RootElement, "s" + id))
                {
                    return document.RootElement.Clone();
                }

                Assert.True(strayPossible, $"something else than the answer to '{id}': {document.RootElement.GetRawText()}");
            }
        }

        private static bool IsMet(Expectation expected, List<JsonElement> answers) => expected.Due switch
        {
            Due.AnswerWithId => answers.Exists(answer => HasId(answer, expected.Id)),
            Due.ParseError => answers.Exists(IsParseError),
            Due.AnyAnswer => answers.Count > 0,
            _ => true,
        };

        private static bool HasId(JsonElement answer, string? expected) =>
            answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("id", out JsonElement id) && Expectation.IdText(id) == expected;

        private static bool IsParseError(JsonElement answer) =>
            HasId(answer, null) && answer.TryGetProperty("error", out JsonElement error) && error.GetProperty("code").GetInt32() == -32700;

        /// <summary>Everything on stdout is JSON-RPC: an answer, a notification, or an array of them.</summary>
        private JsonElement ReadAnswer(int index, byte[] line, Expectation expected, byte[] received)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(received);
                JsonElement root = document.RootElement;
                bool sound = root.ValueKind == JsonValueKind.Array
                    || (root.TryGetProperty("jsonrpc", out JsonElement version) && version.GetString() == "2.0"
                        && (root.TryGetProperty("result", out _) ^ root.TryGetProperty("error", out _) ^ root.TryGetProperty("method", out _)));
                if (sound)
                {
                    return root.Clone();
                }
            }
            catch (JsonException)
            {
                // Told below.
            }

            Fail(index, line, expected, "stdout carried: " + Encoding.UTF8.GetString(received));
            return default;
        }

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        private void Fail(int index, byte[] line, Expectation expected, string what)
        {
            string shown = Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, ShownBytes)));
            Assert.Fail($"seed {seed}, line {index} ({line.Length} bytes, due {expected.Due} {expected.Id}): {what}\n{shown}\nbase64 {Convert.ToBase64String(line.AsSpan(0, Math.Min(line.Length, ShownBytes)))}\nstderr {server.Errors}");
        }
    }
}
