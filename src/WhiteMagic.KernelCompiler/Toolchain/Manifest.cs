using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>Writes what was built, in an order that depends only on the names.</summary>
internal static class Manifest
{
    internal const string FileName = "manifest.json";

    private static readonly string[] _features = ["mvp", "bulk-memory", "sign-ext", "nontrapping-fptoint"];

    internal static byte[] Write(IEnumerable<BuiltModule> modules)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("modules");
            foreach (BuiltModule module in modules)
            {
                Write(json, module);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.Write(Encoding.UTF8.GetBytes("\n"));
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, BuiltModule module)
    {
        json.WriteStartObject();
        json.WriteString("name", module.Name);
        json.WriteString("file", module.File);
        json.WriteNumber("bytes", module.Bytes.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(module.Bytes)));
        WriteArray(json, "features", module.IsSimd ? [.. _features, "simd128"] : _features);
        json.WriteNumber("imports", module.Content.ImportCount);
        json.WriteStartArray("exports");
        foreach ((string name, WasmSignature? signature) in module.Content.Exports)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("kind", signature is null ? "memory" : "function");
            if (signature is not null)
            {
                WriteArray(json, "parameters", signature.Parameters);
                WriteArray(json, "results", signature.Results);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
