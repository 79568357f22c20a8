using System;
using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Commands;

/// <summary>The arguments of build and check.</summary>
internal sealed class BuildOptions
{
    internal required string Assembly { get; init; }

    internal string? Output { get; private set; }

    /// <summary>Empty means all.</summary>
    internal List<string> Modules { get; } = [];

    internal string? NodeModules { get; private set; }

    internal string? KeepC { get; private set; }

    internal int Jobs { get; private set; } = Environment.ProcessorCount;

    /// <exception cref="UsageException">An argument is unknown or has no value.</exception>
    internal static BuildOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0].StartsWith('-'))
        {
            throw new UsageException("the path of an assembly is expected first");
        }

        var options = new BuildOptions { Assembly = arguments[0] };
        for (int i = 1; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new UsageException($"{arguments[i]} needs a value");
            options.Set(arguments[i], value);
        }

        return options;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "-o" or "--output":
                Output = value;
                break;
            case "--module":
                Modules.Add(value);
                break;
            case "--toolchain":
                NodeModules = value;
                break;
            case "--keep-c":
                KeepC = value;
                break;
            case "--jobs":
                Jobs = int.TryParse(value, out int jobs) && jobs is > 0 and <= 256 ? jobs : throw new UsageException("--jobs is a number from 1 to 256");
                break;
            default:
                throw new UsageException($"there is no option {name}");
        }
    }
}
