using System;
using System.Text;
using System.Text.Json;
using System.Threading;
using WhiteMagic.Mcp;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>A running server with a test on the other end of its streams.</summary>
internal sealed class Session : IDisposable
{
    public const string Meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private readonly FeedStream _input = new();
    private readonly Thread _thread;
    private Exception? _failure;

    public Session()
    {
        Server = new StdioServer(Offer, new StreamChannel(_input, Output));
        _thread = new Thread(Run) { IsBackground = true };
    }

    public FixtureOffer Offer { get; } = new();

    public LineSink Output { get; } = new();

    public FeedStream Input => _input;

    public StdioServer Server { get; }

    public static Session Start()
    {
        var session = new Session();
        session._thread.Start();
        return session;
    }

    /// <summary>A session whose legacy handshake is done.</summary>
    public static Session StartLegacy(string version = "2025-11-25")
    {
        Session session = Start();
        session.Ask("{\"jsonrpc\":\"2.0\",\"id\":\"init\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + version
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"tester\",\"version\":\"7\"}}}");
        return session;
    }

    /// <summary>A modern request.</summary>
    public static string Modern(string id, string method, string members = "") =>
        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + Meta + (members.Length > 0 ? "," : "") + members + "}}";

    /// <summary>A legacy request.</summary>
    public static string Legacy(string id, string method, string members = "") =>
        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + members + "}}";

    public void Send(string line) => SendRaw(Encoding.UTF8.GetBytes(line + "\n"));

    public void SendRaw(byte[] bytes) => _input.Send(bytes);

    /// <summary>Sends a line and returns the line that comes next.</summary>
    public string AskRaw(string line)
    {
        Send(line);
        return Output.Next();
    }

    /// <summary>Sends a line and returns the answer.</summary>
    public JsonElement Ask(string line) => JsonDocument.Parse(AskRaw(line)).RootElement;

    /// <summary>Asserts that all that was sent so far has been answered with nothing but what the test has taken.</summary>
    public void AssertSilent()
    {
        string marker = Guid.NewGuid().ToString();
        Assert.Contains(marker, AskRaw("{\"jsonrpc\":\"2.0\",\"id\":\"" + marker + "\",\"method\":\"ping\"}"), StringComparison.Ordinal);
    }

    /// <summary>Waits until the reader asks for more, having noticed all that was sent.</summary>
    public bool AwaitNextRead()
    {
        using var again = new ManualResetEventSlim();
        _input.OnRead = () =>
        {
            if (_input.IsDrained)
            {
                again.Set();
            }
        };
        Send("");
        bool came = again.Wait(20_000);
        _input.OnRead = null;
        return came;
    }

    /// <summary>Ends the input and waits for the server to return.</summary>
    public void Finish()
    {
        _input.End();
        Join();
    }

    /// <summary>Waits for the server to return.</summary>
    public void Join()
    {
        Assert.True(_thread.Join(20_000), "the server did not return");
        Assert.Null(_failure);
    }

    public void Dispose()
    {
        Offer.Released.Set();
        _input.End();
        _thread.Join(20_000);
        Offer.Dispose();
        Output.Dispose();
    }

    private void Run()
    {
        try
        {
            Server.Run();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }
}
