using System;
using System.Globalization;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Modules;

/// <summary>The modules as other programs see them.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void Modules_InV8AndWabt_AreValidWithTheirFeaturesAndImportNothing()
    {
        string folder = WasmModules.FolderOrSkip();
        Script.Node("install.mjs").ShouldSucceed("installing the packages of tests/instruments with npm");
        Script.Node("wasm-modules.mjs", folder).ShouldSucceed("judging the modules");
    }

    [Fact]
    public void Exports_HostileValues_NeverTrapAndWriteNothingOutside()
    {
        string calls = Runs.Of(1000, 4_000).ToString(CultureInfo.InvariantCulture), rounds = Runs.Of(2, 10).ToString(CultureInfo.InvariantCulture);
        string seed = (Environment.TickCount & int.MaxValue).ToString(CultureInfo.InvariantCulture);
        Script.Node("wasm-hostile.mjs", WasmModules.FolderOrSkip(), "--calls", calls, "--rounds", rounds, "--seed", seed).ShouldSucceed("calling every export with hostile values");
    }
}
