using System;
using System.IO;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Exchange;

[Collection(MeasuredAlone.Name)]
public sealed class ImporterMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ImportPath_LargeFile_IsStreamed()
    {
        string path = _folder.Write("a.jsonl", "");
        using (StreamWriter text = File.CreateText(path))
        {
            string line = "{\"content\":\"" + new string('x', 100_000) + "\"}";
            for (int i = 0; i < 1500; i++)
            {
                text.WriteLine(line);
            }
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        int reports = 0;
        Importer.ImportPath(path, new ImportOptions
        {
            Progress = (_, _, _) =>
            {
                reports++;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            },
        });
        Assert.True(reports > 100, $"{reports} reports");
        Assert.True(most < 50_000_000, $"{most} bytes were alive while 150 MB were read");
    }
}
