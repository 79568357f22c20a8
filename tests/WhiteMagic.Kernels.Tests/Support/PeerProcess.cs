using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace WhiteMagic.Kernels.Tests.Support;

/// <summary>The second process of a test of shared memory, and the zeroed file that both map.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wm-peer-").FullName;

    public PeerProcess(int bytes)
    {
        File = Path.Combine(_folder, "shared.bin");
        System.IO.File.WriteAllBytes(File, new byte[bytes]);
    }

    public string File { get; }

    /// <summary>Starts the work of that name in the file.</summary>
    public Task<Script> StartAsync(string work, int seed, int milliseconds) => Task.Factory.StartNew(
        () =>
        {
            string program = Path.Combine(AppContext.BaseDirectory, "WhiteMagic.Kernels.Peer.dll");
            string[] arguments = [program, work, File, seed.ToString(CultureInfo.InvariantCulture), milliseconds.ToString(CultureInfo.InvariantCulture)];
            return Script.Run("dotnet", arguments, TimeSpan.FromMinutes(2)) ?? throw new InvalidOperationException("dotnet is not on the path");
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
