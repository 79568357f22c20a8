namespace WhiteMagic.Kernels.MinHash;

/// <summary>What banding and comparing need of a signature of 128 rows.</summary>
/// <typeparam name="TSelf">The type that implements it.</typeparam>
public interface ISignature<TSelf>
    where TSelf : unmanaged, ISignature<TSelf>
{
    /// <summary>The fewest rows of a band that tell unrelated signatures apart well enough.</summary>
    static abstract int MinimumBandRows { get; }

    /// <summary>The value of all rows of the empty set's signature.</summary>
    static abstract uint EmptyRow { get; }

    /// <summary>The value of one row, 0 to 127.</summary>
    static abstract uint Row(in TSelf signature, int row);

    /// <summary>In how many of the 128 rows two signatures agree.</summary>
    static abstract int CountEqual(in TSelf a, in TSelf b);

    /// <summary>The estimate of the sets' Jaccard similarity, 0 to 1, when <paramref name="equalRows"/> rows agree; 1 only for 128.</summary>
    static abstract double Estimate(int equalRows);
}
