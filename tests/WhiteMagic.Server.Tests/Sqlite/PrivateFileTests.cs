using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class PrivateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Publish_NameIsTaken_LeavesBothFiles()
    {
        string path = _folder.Write("taken", "first");
        string temporary = _folder.Write("taken.new", "second");
        Assert.False(PrivateFile.Publish(temporary, path));
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Equal("second", File.ReadAllText(temporary));
    }

    [Fact]
    public void Publish_ManyAtOnce_OneWinsAndItsFileStays()
    {
        for (int round = 0; round < Runs.Of(200, 5000); round++)
        {
            string path = _folder.File("r" + round);
            int winners = 0;
            int winner = -1;
            Parallel.For(0, 4, i =>
            {
                string temporary = path + ".new" + i;
                File.WriteAllText(temporary, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                if (PrivateFile.Publish(temporary, path))
                {
                    Interlocked.Increment(ref winners);
                    winner = i;
                }
            });
            Assert.Equal(1, winners);
            Assert.Equal(winner.ToString(System.Globalization.CultureInfo.InvariantCulture), File.ReadAllText(path));
        }
    }
}
