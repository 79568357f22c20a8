namespace WhiteMagic.Kernels.MinHash;

// Locality-sensitive hashing (P. Indyk and R. Motwani, 1998; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3).
//
// Problem: which of N signatures are alike, without comparing all pairs? The 128 rows are cut into b bands of r rows; two signatures are
// compared when all rows of at least one band agree. For sets of similarity s that happens with probability 1 - (1 - s^r)^b, an S-shaped
// curve whose steep part lies near (1/b)^(1/r). The more rows, the fewer comparisons in vain, so the choice is: the most rows with which
// a pair exactly at the threshold is still found with probability 0.99.
//
//   threshold   rows x bands   found at threshold   at threshold - 0.2   at threshold + 0.1
//     0.95        16 x 8            0.990                0.08                 1
//     0.9         10 x 12           0.994                0.29                 1
//     0.8          6 x 21           0.998                0.63                 1.0000
//     0.7          4 x 32           0.9998               0.87                 1.0000
//     0.5          3 x 42           0.996                0.68                 1.0000
//     0.4          2 x 64           1.0000               0.93                 1.0000
//     0.2          1 x 128          1.0000               0                    1.0000

/// <summary>How many bands of how many rows a signature is cut into.</summary>
/// <param name="Bands">Number of bands.</param>
/// <param name="Rows">Rows in each; rows that are left over are in no band.</param>
public readonly record struct Banding(int Bands, int Rows)
{
    private const double Certainty = 0.99;

    /// <summary>
    /// The bands for a threshold above 0 and up to 1. With at least two rows a pair at a threshold below 0.27 is found less often than in
    /// 0.99 of all cases (at 0.2: 0.93).
    /// </summary>
    public static Banding ForThreshold(double threshold, int minimumRows)
    {
        int rows = Signature.RowCount / 2;
        while (rows > minimumRows && new Banding(Signature.RowCount / rows, rows).Probability(threshold) < Certainty)
        {
            rows--;
        }

        return new Banding(Signature.RowCount / rows, rows);
    }

    /// <summary>The probability that a pair of the given similarity agrees in at least one whole band.</summary>
    public double Probability(double similarity)
    {
        double band = 1;
        for (int i = 0; i < Rows; i++)
        {
            band *= similarity;
        }

        double none = 1;
        for (int i = 0; i < Bands; i++)
        {
            none *= 1 - band;
        }

        return 1 - none;
    }
}
