using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

public sealed class ArrowExportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Export_ToArrow_IsReadByApacheArrowCellByCell(int memories)
    {
        string wm = ServerUnderTest.PublishedBinaryOrSkip();
        string folder = Directory.CreateTempSubdirectory("wm-arrow-").FullName;
        try
        {
            string Path_(string name) => Path.Combine(folder, name);
            string[] root = ["--state-root", Path_("root")];
            IEnumerable<string> lines = Enumerable.Range(0, memories).Select(i => JsonSerializer.Serialize(new
            {
                title = i % 3 == 0 ? "" : $"Title {i} \u00e9",
                content = $"love, logic and vision {i} \u6f22\u5b57 {new string('x', i * 40)}",
                tags = Enumerable.Range(0, i % 4).Select(t => $"tag, \"{t}\""),
                importance = i / 20.0,
                event_time = $"2025-11-{i + 1:00}T00:00:00Z",
            }));
            File.WriteAllLines(Path_("in.jsonl"), lines);
            await Wm(wm, ["import", Path_("in.jsonl"), .. root]);
            await Wm(wm, ["export", Path_("out.jsonl"), .. root]);
            await Wm(wm, ["export", Path_("out.arrow"), .. root]);
            File.WriteAllLines(Path_("expected.jsonl"), File.ReadLines(Path_("out.jsonl")).Select(Cells));
            await Instrument.OnFilesShouldPassAsync("arrow-read.mjs", [Path_("out.arrow"), Path_("expected.jsonl")], Limit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // One array of the file's cells, in its order; numbers as the digits of their bits.
    private static string Cells(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement memory = document.RootElement;
        JsonElement at = memory.GetProperty("coordinates");
        return JsonSerializer.Serialize(new object[]
        {
            memory.GetProperty("memory_id"), memory.GetProperty("title"), memory.GetProperty("content"), Bits(memory.GetProperty("importance")), memory.GetProperty("memory_type"),
            Bits(at.GetProperty("x")), Bits(at.GetProperty("y")), Bits(at.GetProperty("z")), Bits(at.GetProperty("w")), Bits(at.GetProperty("v")), memory.GetProperty("tags"),
        });
    }

    private static string Bits(JsonElement number) => BitConverter.DoubleToInt64Bits(number.GetDouble()).ToString("x16", null);

    private static async Task Wm(string wm, string[] arguments)
    {
        ProgramRun? run = await ProgramRun.StartAsync(wm, arguments, Limit);
        run!.ShouldSucceed("wm " + string.Join(' ', arguments));
    }
}
