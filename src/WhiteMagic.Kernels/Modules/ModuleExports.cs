namespace WhiteMagic.Kernels.Modules;

/// <summary>What every module exports beside <c>memory</c>, <c>wm_alloc</c> and <c>wm_reset</c>, which are its runtime's.</summary>
public static class ModuleExports
{
    /// <summary>Raised when the meaning of an export changes.</summary>
    public const int AbiVersion = 1;

    [WasmExport("wm_abi_version")]
    public static int Version() => AbiVersion;
}
