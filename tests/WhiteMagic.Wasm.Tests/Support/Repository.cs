using System;
using System.IO;

namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>Files of the checkout that the tests run in.</summary>
internal static class Repository
{
    internal static string File(string path)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "WhiteMagic.slnx")))
            {
                return Path.Combine(folder, path);
            }
        }

        throw new InvalidOperationException("the tests run outside the repository");
    }
}
