using System;
using System.IO;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Modules;

/// <summary>wasm-hostile.mjs is believed only because it finds what is wrong.</summary>
public sealed class HostileCallTests
{
    // A module with a wm_alloc that counts up, a function that traps, one that gives -99, and one that writes into the first block given out.
    private const string BadModule =
        "AGFzbQEAAAABDQNgAABgAX8Bf2AAAX8DBgUAAQACAAUEAQDYBAYIAX8BQYCABAsHPgYGbWVtb3J5AgAId21fcmVzZXQAAAh3bV9hbGxvYwABBXRyYXBzAA" +
        "IKd3JvbmdfY29kZQADBndyaXRlcwAECkAFCABBgIAEJAALHwAgAEGA2sQJSwR/QQAFIwAjACAAakEPakFwcSQACwsDAAALBQBBnX8LCwBBioAEQQE6AAAL";

    [Theory]
    [InlineData("traps", "[]", "call 0: traps(): unreachable")]
    [InlineData("wrong_code", "[\"i32\"]", "call 0: wrong_code() gives -99, which is no documented code")]
    [InlineData("writes", "[]", "call 0: writes(): bytes before the memory were written")]
    public void Script_BadExport_IsNamed(string export, string results, string expected)
    {
        string folder = Directory.CreateTempSubdirectory("wasm").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "bad.wasm"), Convert.FromBase64String(BadModule));
            string declared = "{\"name\":\"" + export + "\",\"kind\":\"function\",\"parameters\":[],\"results\":" + results + "}";
            File.WriteAllText(Path.Combine(folder, "manifest.json"), "{\"modules\":[{\"name\":\"bad\",\"file\":\"bad.wasm\",\"exports\":[" + declared + "]}]}");
            Script run = Script.Node("wasm-hostile.mjs", folder, "--calls", "1", "--seed", "1");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
