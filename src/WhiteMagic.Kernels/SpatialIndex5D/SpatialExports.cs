using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>One index per module instance, and the results of its last query. Documented in docs/modules/core.md.</summary>
public static unsafe class SpatialExports
{
    private static SpatialIndex s_index;

    // Ids, then as many distances.
    private static int* s_ids;
    private static int s_capacity;

    [WasmExport("spatial_insert_5d")]
    public static int Insert(int id, float x, float y, float z, float w, float v) => s_index.TryInsert(id, new Point5(x, y, z, w, v));

    [WasmExport("spatial_remove_5d")]
    public static int Remove(int id) => s_index.Remove(id) ? 0 : KernelError.NotFound;

    [WasmExport("spatial_build_5d")]
    public static int Build(int* ids, Point5* points, int count)
    {
        if (count < 0 || count > int.MaxValue / sizeof(Point5))
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(ids, (uint)(count * sizeof(int))) || !KernelMemory.IsInside(points, (uint)(count * sizeof(Point5))))
        {
            return KernelError.OutOfRange;
        }

        // SAFETY: both ranges were checked.
        return s_index.TryBuild(new ReadOnlySpan<int>(ids, count), new ReadOnlySpan<Point5>(points, count));
    }

    [WasmExport("spatial_query_5d")]
    public static int Query(float x, float y, float z, float w, float v, int k) => Radius(x, y, z, w, v, float.PositiveInfinity, k);

    [WasmExport("spatial_radius_5d")]
    public static int Radius(float x, float y, float z, float w, float v, float radius, int max)
    {
        if (max <= 0)
        {
            return KernelError.InvalidArgument;
        }

        int count = Math.Min(max, s_index.Count);
        if (count > s_capacity)
        {
            // A point takes more bytes of the index than of the result, so the product does not overflow.
            FreeResults();
            s_ids = (int*)KernelMemory.TryAllocate((uint)count * (sizeof(int) + sizeof(float)));
            if (s_ids == null)
            {
                return KernelError.OutOfMemory;
            }

            s_capacity = count;
        }

        // SAFETY: there is room for s_capacity ids and then as many distances.
        return s_index.Within(new Point5(x, y, z, w, v), radius, new Span<int>(s_ids, count), new Span<float>(ResultDistances(), count));
    }

    [WasmExport("spatial_result_ids")]
    public static int* ResultIds() => s_ids;

    [WasmExport("spatial_result_distances")]
    public static float* ResultDistances() => (float*)(s_ids + s_capacity);

    [WasmExport("spatial_count")]
    public static int Count() => s_index.Count;

    /// <summary>Forgets all points and gives their memory and the results' back.</summary>
    [WasmExport("spatial_clear")]
    public static void Clear()
    {
        s_index.Free();
        FreeResults();
    }

    private static void FreeResults()
    {
        KernelMemory.Free(s_ids);
        s_ids = null;
        s_capacity = 0;
    }
}
