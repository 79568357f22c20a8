using System;

namespace WhiteMagic.Governance.Harmony;

/// <summary>
/// Medians and percentiles without sorting (Hoare, 1961): sorting by the framework would bring its loader of generic types into the executable.
/// </summary>
public static class OrderStatistic
{
    /// <summary>The value that would stand at an index if the values were sorted; they come into another order.</summary>
    /// <param name="values">One at least.</param>
    /// <param name="index">From 0, below their number.</param>
    public static double Of(Span<double> values, int index)
    {
        (int first, int last) = (0, values.Length - 1);
        while (first < last)
        {
            double pivot = values[first + ((last - first) / 2)];
            (int low, int high) = (first, last);
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }

                while (values[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }

            (first, last) = index <= high ? (first, high) : index >= low ? (low, last) : (index, index);
        }

        return values[index];
    }
}
