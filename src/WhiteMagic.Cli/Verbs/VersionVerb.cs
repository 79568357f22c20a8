using System;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Mcp;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Says which program this is.</summary>
internal static class VersionVerb
{
    internal static readonly Verb Row = Verb.Define("version", "version and build facts; also --version", [], [], Run);

    private static int Run(Invocation call)
    {
        string runtime = Environment.Version.ToString();
        if (call.Json)
        {
            var answer = new ToolAnswer();
            answer.Json.WriteStartObject();
            answer.Json.WriteString("name", "whitemagic");
            answer.Json.WriteString("version", BuildFacts.Version);
            answer.Json.WriteString("tier", "lite");
            answer.Json.WriteString("platform", BuildFacts.Platform);
            answer.Json.WriteString("sqlite", Inspection.EngineVersion);
            answer.Json.WriteString("dotnet", runtime);
            answer.Json.WriteStartArray("protocol_versions");
            foreach (string version in Wire.ProtocolVersions)
            {
                answer.Json.WriteStringValue(version);
            }

            answer.Json.WriteEndArray();
            answer.Json.WriteEndObject();
            Verdict.WriteJson(call.Around.Out, answer);
        }
        else
        {
            call.Around.Out.WriteLine("wm " + BuildFacts.Version + " (WhiteMagic Lite, " + BuildFacts.Platform + ")");
            call.Around.Out.WriteLine("SQLite " + Inspection.EngineVersion + ", .NET " + runtime);
            call.Around.Out.WriteLine("MCP " + string.Join(", ", Wire.ProtocolVersions));
        }

        return ExitCode.Success;
    }
}
