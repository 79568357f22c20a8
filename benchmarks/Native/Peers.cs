using System.Runtime.InteropServices;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>The limits in C (../peer/kernels), linked in; a call costs as much as a call in C.</summary>
internal static unsafe partial class Peers
{
    private const string Library = "kernelpeers";

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "knn_build")]
    public static partial void BuildNearest(float* points, int count);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "knn_query")]
    public static partial int QueryNearest(float x, float y, float z, float w, float v, int k);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "knn_ids")]
    public static partial int* NearestIds();

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "knn_distances")]
    public static partial float* NearestDistances();

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "minhash_signature")]
    public static partial void SignatureOfText(byte* text, int length, uint* signature);
}
