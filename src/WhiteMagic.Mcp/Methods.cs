using System;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>The methods of MCP on an offer. Each returns null when it has written its result, else what was wrong, with the line in any state.</summary>
internal sealed class Methods(IMcpOffer offer, AnswerWriter answer, IExchange exchange)
{
    /// <summary>More than this is not kept from one tool answer to the next.</summary>
    private const int KeptAnswerBytes = 64 << 10;

    private readonly ClientName _clientName = new();
    private string _connectionClient = "";
    private ToolAnswer? _toolAnswer;

    /// <summary>What is offered does not change while the program runs, but the next program may offer more.</summary>
    private static ReadOnlySpan<byte> ListTtlMs => "60000"u8;

    /// <summary>The legacy era that this connection opened, if it did.</summary>
    public Era Opened { get; private set; }

    /// <summary>Answers a request whose envelope has been checked.</summary>
    public Problem? Answer(ReadOnlyMemory<byte> message, in Envelope envelope)
    {
        ReadOnlySpan<byte> id = message.Span[envelope.Id];
        ReadOnlySpan<byte> method = NameOf(message.Span[envelope.Method], envelope.MethodIsEscaped);
        if (envelope.ParamsState == MemberState.Invalid)
        {
            return Problem.Params("params must be an object");
        }

        if (envelope.ParamsDepth > Wire.MaxDepth)
        {
            return Problem.Params("params are nested deeper than the limit of 64 levels");
        }

        if (envelope.HasUnreadableName)
        {
            return Problem.Params("params hold a member name with an unpaired surrogate, which is no valid Unicode");
        }

        if (envelope.ParamsState == MemberState.Absent)
        {
            return Answer(id, method, default);
        }

        using var document = JsonDocument.Parse(message[envelope.Params], new JsonDocumentOptions { MaxDepth = Wire.MaxDepth });
        return Answer(id, method, document.RootElement);
    }

    private Problem? Answer(ReadOnlySpan<byte> id, ReadOnlySpan<byte> method, JsonElement parameters)
    {
        JsonElement meta = Member(parameters, "_meta"u8);
        if (meta.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return Problem.Params("params._meta must be an object");
        }

        JsonElement version = Member(meta, Eras.VersionKey);
        if (version.ValueKind == JsonValueKind.Undefined)
        {
            return AnswerLegacy(id, method, parameters, meta);
        }

        if (!JsonText.TryGetString(version, out string requested))
        {
            return Problem.Params("_meta[\"io.modelcontextprotocol/protocolVersion\"] must be a string");
        }

        Era era = Eras.OfRequest(requested);
        if (!era.IsModern)
        {
            return Problem.UnsupportedVersion(requested);
        }

        if (Member(meta, Eras.CapabilitiesKey).ValueKind != JsonValueKind.Object)
        {
            return Problem.Params("_meta[\"io.modelcontextprotocol/clientCapabilities\"] must be there and be an object");
        }

        JsonElement client = Member(meta, Eras.ClientKey);
        if (client.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return Problem.Params("_meta[\"io.modelcontextprotocol/clientInfo\"] must be an object");
        }

        return method.SequenceEqual("server/discover"u8)
            ? Discover(id, era)
            : AnswerCommon(id, method, new Call(era, parameters, meta, _clientName.Of(client)));
    }

    private Problem? AnswerLegacy(ReadOnlySpan<byte> id, ReadOnlySpan<byte> method, JsonElement parameters, JsonElement meta)
    {
        if (method.SequenceEqual("initialize"u8))
        {
            return Initialize(id, parameters);
        }

        if (method.SequenceEqual("ping"u8))
        {
            answer.OpenResult(id);
            answer.CloseEmptyResult();
            return null;
        }

        return Opened.IsLegacy
            ? AnswerCommon(id, method, new Call(Opened, parameters, meta, _connectionClient))
            : Problem.Params("params._meta[\"io.modelcontextprotocol/protocolVersion\"] is missing, and no initialize came before");
    }

    private Problem? AnswerCommon(ReadOnlySpan<byte> id, ReadOnlySpan<byte> method, Call call)
    {
        if (method.SequenceEqual("tools/call"u8))
        {
            return CallTool(id, call);
        }

        if (method.SequenceEqual("tools/list"u8))
        {
            return List(id, call, "\"tools\":"u8, static (offer, json) => offer.WriteTools(json));
        }

        if (offer.HasResources && method.StartsWith("resources/"u8))
        {
            return AnswerResources(id, method, call);
        }

        if (!offer.HasPrompts)
        {
            return Problem.UnknownMethod;
        }

        return method.SequenceEqual("prompts/list"u8) ? List(id, call, "\"prompts\":"u8, static (offer, json) => offer.WritePrompts(json))
            : method.SequenceEqual("prompts/get"u8) ? GetPrompt(id, call)
            : Problem.UnknownMethod;
    }

    private Problem? AnswerResources(ReadOnlySpan<byte> id, ReadOnlySpan<byte> method, Call call) =>
        method.SequenceEqual("resources/list"u8) ? List(id, call, "\"resources\":"u8, static (offer, json) => offer.WriteResources(json))
        : method.SequenceEqual("resources/templates/list"u8) ? List(id, call, "\"resourceTemplates\":"u8, static (offer, json) => offer.WriteResourceTemplates(json))
        : method.SequenceEqual("resources/read"u8) ? ReadResource(id, call)
        : Problem.UnknownMethod;

    private Problem? Initialize(ReadOnlySpan<byte> id, JsonElement parameters)
    {
        if (!JsonText.TryGetString(Member(parameters, "protocolVersion"u8), out string requested))
        {
            return Problem.Params("params.protocolVersion must be there and be a string");
        }

        Opened = Eras.OfHandshake(requested);
        _connectionClient = _clientName.Of(Member(parameters, "clientInfo"u8));
        answer.OpenResult(id);
        answer.Write("\"protocolVersion\":\""u8);
        answer.Write(Opened.Name);
        answer.Write("\","u8);
        WriteCapabilities();
        answer.Write(",\"serverInfo\":"u8);
        answer.WriteServerInfo();
        answer.Write(","u8);
        answer.WriteMember("instructions"u8, offer.Identity.Instructions);
        answer.CloseResult(Opened);
        return null;
    }

    private Problem? Discover(ReadOnlySpan<byte> id, Era era)
    {
        answer.OpenResult(id);
        answer.Write("\"supportedVersions\":[\""u8);
        answer.Write(era.Name);
        answer.Write("\"],"u8);
        WriteCapabilities();
        answer.Write(","u8);
        answer.WriteMember("instructions"u8, offer.Identity.Instructions);
        answer.WriteCaching(era, ListTtlMs);
        answer.CloseResult(era);
        return null;
    }

    private void WriteCapabilities()
    {
        answer.Write("\"capabilities\":{\"tools\":{}"u8);
        answer.Write(offer.HasResources ? ",\"resources\":{}"u8 : default);
        answer.Write(offer.HasPrompts ? ",\"prompts\":{}}"u8 : "}"u8);
    }

    private Problem? List(ReadOnlySpan<byte> id, Call call, ReadOnlySpan<byte> member, Action<IMcpOffer, Utf8JsonWriter> write)
    {
        if (Member(call.Params, "cursor"u8).ValueKind != JsonValueKind.Undefined)
        {
            return Problem.Params("params.cursor is unknown: this list has one page");
        }

        answer.OpenResult(id);
        answer.Write(member);
        Utf8JsonWriter json = answer.Begin();
        json.WriteStartArray();
        write(offer, json);
        json.WriteEndArray();
        answer.End();
        answer.WriteCaching(call.Era, ListTtlMs);
        answer.CloseResult(call.Era);
        return null;
    }

    private Problem? CallTool(ReadOnlySpan<byte> id, Call call)
    {
        if (!JsonText.TryGetString(Member(call.Params, "name"u8), out string name))
        {
            return Problem.Params("params.name must be there and be a string");
        }

        if (!TryGetArguments(call, out JsonElement arguments))
        {
            return Problem.Params("params.arguments must be an object");
        }

        if (!offer.HasTool(name))
        {
            return Problem.UnknownTool(name);
        }

        if (_toolAnswer is null || _toolAnswer.Capacity > KeptAnswerBytes)
        {
            _toolAnswer = new ToolAnswer();
        }

        ToolAnswer tool = _toolAnswer;
        tool.Restart();
        ProgressRelay? progress = call.ProgressTo(exchange);
        try
        {
            offer.CallTool(name, arguments, call.Context(exchange, progress), tool);
        }
        finally
        {
            progress?.Close();
        }

        ReadOnlySpan<byte> written = tool.Written;
        if (written.Length < 2 || written[0] != '{' || written[^1] != '}')
        {
            return Problem.Internal;
        }

        if (written.Length >= Wire.MaxResponseBytes)
        {
            return Problem.TooLong;
        }

        answer.WriteToolResult(id, call.Era, written, tool.IsError);
        return null;
    }

    private Problem? ReadResource(ReadOnlySpan<byte> id, Call call)
    {
        if (!JsonText.TryGetString(Member(call.Params, "uri"u8), out string uri))
        {
            return Problem.Params("params.uri must be there and be a string");
        }

        answer.OpenResult(id);
        answer.Write("\"contents\":"u8);
        ProgressRelay? progress = call.ProgressTo(exchange);
        Utf8JsonWriter json = answer.Begin();
        json.WriteStartArray();
        bool found;
        string? failure;
        try
        {
            found = offer.ReadResource(uri, call.Context(exchange, progress), json, out failure);
        }
        finally
        {
            progress?.Close();
        }

        if (!found)
        {
            return failure is null ? Problem.MissingResource(call.Era, uri) : Problem.Unreadable(failure);
        }

        json.WriteEndArray();
        answer.End();
        answer.WriteCaching(call.Era, "0"u8);
        answer.CloseResult(call.Era);
        return null;
    }

    private Problem? GetPrompt(ReadOnlySpan<byte> id, Call call)
    {
        if (!JsonText.TryGetString(Member(call.Params, "name"u8), out string name))
        {
            return Problem.Params("params.name must be there and be a string");
        }

        if (!TryGetArguments(call, out JsonElement arguments))
        {
            return Problem.Params("params.arguments must be an object");
        }

        // The offer writes members of the result, so the writer opens the object that OpenResult would.
        answer.OpenResult(id);
        Utf8JsonWriter json = answer.Begin();
        if (offer.GetPrompt(name, arguments, json) is string wrong)
        {
            return Problem.Params(wrong);
        }

        answer.End();
        answer.CloseResult(call.Era);
        return null;
    }

    /// <summary>The arguments; undefined when there are none. Null counts as none, as many clients write it.</summary>
    private static bool TryGetArguments(Call call, out JsonElement arguments)
    {
        arguments = Member(call.Params, "arguments"u8);
        if (arguments.ValueKind == JsonValueKind.Null)
        {
            arguments = default;
        }

        return arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object;
    }

    private static JsonElement Member(JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>The method without its escapes; some encoders write a slash as <c>\/</c>.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped)
        {
            return raw;
        }

        return JsonText.Unescape(raw) is string name ? Encoding.UTF8.GetBytes(name) : default;
    }
}
