using System.IO;

namespace WhiteMagic.KernelCompiler;

/// <summary>Text files inside the tool.</summary>
internal static class Resources
{
    internal static string Read(string name)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
