using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Detection;

/// <summary>Finds what looks like an instruction to the model rather than something to remember.</summary>
public static class InstructionDetector
{
    /// <summary>Finds the first; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, out Sighting sighting)
    {
        sighting = default;
        return false;
    }

    /// <summary>Adds all of them to <paramref name="sightings"/>, in their order, not overlapping.</summary>
    public static void FindAll(ReadOnlySpan<byte> utf8, List<Sighting> sightings)
    {
    }
}
