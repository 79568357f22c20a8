using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>One index per module instance, and the results of its last query. Documented in docs/modules/core.md.</summary>
public static unsafe class SpatialExports
{
    private static SpatialIndex s_index;
    private static int* s_ids;
    private static float* s_distances;
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
    public static int Query(float x, float y, float z, float w, float v, int k)
    {
        int room = EnsureResults(k);
        return room < 0
            ? room
            : s_index.Nearest(new Point5(x, y, z, w, v), new Span<int>(s_ids, room), new Span<float>(s_distances, room));
    }

    [WasmExport("spatial_radius_5d")]
    public static int Radius(float x, float y, float z, float w, float v, float radius, int max)
    {
        int room = EnsureResults(max);
        return room < 0
            ? room
            : s_index.Within(new Point5(x, y, z, w, v), radius, new Span<int>(s_ids, room), new Span<float>(s_distances, room));
    }

    [WasmExport("spatial_result_ids")]
    public static int* ResultIds() => s_ids;

    [WasmExport("spatial_result_distances")]
    public static float* ResultDistances() => s_distances;

    [WasmExport("spatial_count")]
    public static int Count() => s_index.Count;

    /// <summary>Forgets all points and gives their memory and the results' back.</summary>
    [WasmExport("spatial_clear")]
    public static void Clear()
    {
        s_index.Free();
        KernelMemory.Free(s_ids);
        KernelMemory.Free(s_distances);
        s_ids = null;
        s_distances = null;
        s_capacity = 0;
    }

    /// <summary>Makes room for the results of one query and returns for how many, or an error.</summary>
    private static int EnsureResults(int wanted)
    {
        const int Smallest = 64;
        if (wanted <= 0)
        {
            return KernelError.InvalidArgument;
        }

        int room = Math.Min(wanted, s_index.Count);
        if (room > s_capacity || s_capacity == 0)
        {
            int capacity = Math.Max(Smallest, room);
            int* ids = (int*)KernelMemory.TryAllocate((uint)capacity * sizeof(int));
            float* distances = (float*)KernelMemory.TryAllocate((uint)capacity * sizeof(float));
            if (ids == null || distances == null)
            {
                KernelMemory.Free(ids);
                KernelMemory.Free(distances);
                return KernelError.OutOfMemory;
            }

            KernelMemory.Free(s_ids);
            KernelMemory.Free(s_distances);
            s_ids = ids;
            s_distances = distances;
            s_capacity = capacity;
        }

        return room;
    }
}
