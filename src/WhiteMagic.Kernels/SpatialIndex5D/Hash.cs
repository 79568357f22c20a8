using System;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Hashes of ids and of coordinates.</summary>
internal static class Hash
{
    /// <summary>Mixes the bits so that no two numbers have one hash (C. Wellons, "lowbias32").</summary>
    public static uint Of(uint number)
    {
        number = (number ^ (number >> 16)) * 0x7FEB352D;
        number = (number ^ (number >> 15)) * 0x846CA68B;
        return number ^ (number >> 16);
    }

    /// <summary>The hash of a place whose coordinates lie a stride apart; 0.0 and -0.0 are the same.</summary>
    public static unsafe uint Of(float* coordinate, int stride)
    {
        uint hash = 0;
        for (int axis = 0; axis < Point5.AxisCount; axis++, coordinate += stride)
        {
            hash = Of(hash ^ BitConverter.SingleToUInt32Bits(*coordinate + 0f));
        }

        return hash;
    }
}
