using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Holographic;

/// <summary>The encoder as an export. Documented in docs/modules/core.md.</summary>
public static unsafe class EncoderExports
{
    private const int CoordinateCount = 5;

    [WasmExport("holographic_encode")]
    public static int Encode(
        byte* text, int length, double importance, int accessCount, double ageDays, double galacticDistance, float* coordinates)
    {
        if (length < 0 || accessCount < 0 || double.IsNaN(importance) || double.IsNaN(ageDays) || double.IsNaN(galacticDistance))
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(text, (uint)length) || !KernelMemory.IsInside(coordinates, CoordinateCount * sizeof(float)))
        {
            return KernelError.OutOfRange;
        }

        // SAFETY: both ranges were checked.
        HolographicEncoder.EncodeText(new ReadOnlySpan<byte>(text, length), out coordinates[0], out coordinates[1]);
        coordinates[2] = HolographicEncoder.Newness(ageDays);
        coordinates[3] = HolographicEncoder.Weight(importance, accessCount, length);
        coordinates[4] = HolographicEncoder.Vitality(importance, accessCount, galacticDistance);
        return 0;
    }
}
