namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>
/// The collection of every test that calls exports: their state is static, and modules share the classes that hold it, so these tests run one after another.
/// </summary>
[CollectionDefinition(Name)]
public sealed class KernelModules
{
    public const string Name = "kernel modules";
}
