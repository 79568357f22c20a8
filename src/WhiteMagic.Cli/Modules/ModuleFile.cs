using System.IO;

namespace WhiteMagic.Cli.Modules;

/// <summary>Reads the file of a module, whatever it may be.</summary>
internal static class ModuleFile
{
    private const int RegularFile = 0x8000;
    private const int TypeBits = 0xF000;

    /// <summary>Its bytes.</summary>
    /// <exception cref="ModuleException">It is no regular file, or too long.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static byte[] Read(string path)
    {
        // A pipe may never end.
        if (Platform.FileStatus.TryGetRights(path, out int mode, out _) && (mode & TypeBits) != RegularFile)
        {
            throw new ModuleException("it is no regular file");
        }

        long length = new FileInfo(path).Length;
        return length <= PolicyModule.MostBytes ? File.ReadAllBytes(path) : throw new ModuleException($"{length} bytes, where {PolicyModule.MostBytes} are allowed");
    }
}
