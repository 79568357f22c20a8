using System.IO;
using System.Text;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli;

/// <summary>Text that a command line takes from standard input.</summary>
internal static class StandardInput
{
    /// <summary>Reads all of it as UTF-8.</summary>
    /// <exception cref="FailureException">It is longer than a request may be, or not UTF-8.</exception>
    internal static string ReadAll(Surroundings around)
    {
        using Stream input = around.OpenInput();
        using var all = new MemoryStream();
        byte[] chunk = new byte[64 << 10];
        for (int count = input.Read(chunk, 0, chunk.Length); count > 0; count = input.Read(chunk, 0, chunk.Length))
        {
            all.Write(chunk, 0, count);
            if (all.Length > Wire.MaxRequestBytes)
            {
                throw FailureException.TooLarge("standard input", all.Length, Wire.MaxRequestBytes, "bytes or more");
            }
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(all.GetBuffer(), 0, (int)all.Length);
        }
        catch (System.ArgumentException)
        {
            throw FailureException.Invalid("standard input is not UTF-8");
        }
    }
}
