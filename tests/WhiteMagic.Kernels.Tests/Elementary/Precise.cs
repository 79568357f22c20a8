using System;
using System.Numerics;

namespace WhiteMagic.Kernels.Tests;

/// <summary>Reference values as integers over 2^<see cref="Bits"/>, from series that end below that; no floating point is involved.</summary>
internal static class Precise
{
    public const int Bits = 320;

    private static readonly BigInteger One = BigInteger.One << Bits;

    private static readonly BigInteger Ln2 = 2 * Artanh(One / 3);

    /// <summary>How far <paramref name="y"/> is from the true logarithm of a positive finite <paramref name="x"/>, in units of y's last place.</summary>
    public static double LogErrorUlp(double x, double y)
    {
        (long significand, int exponent) = Parts(x);
        int length = 64 - BitOperations.LeadingZeroCount((ulong)significand);
        BigInteger m = Shift(significand, Bits - length); // in [1/2, 1)
        BigInteger log = ((exponent + length) * Ln2) + (2 * Artanh(((m - One) << Bits) / (m + One)));
        return ErrorUlp(y, log, 0);
    }

    public static double ExpErrorUlp(double x, double y)
    {
        BigInteger exp = Exp(Fixed(x), out int power);
        return ErrorUlp(y, exp, power);
    }

    public static double TanhErrorUlp(double x, double y)
    {
        BigInteger exp = Shift(Exp(2 * Fixed(x), out int power), power);
        return ErrorUlp(y, ((exp - One) << Bits) / (exp + One), 0);
    }

    /// <summary>exp of a fixed-point number as result * 2^power.</summary>
    private static BigInteger Exp(BigInteger x, out int power)
    {
        power = (int)BigInteger.Divide(x, Ln2);
        BigInteger r = x - (power * Ln2);
        BigInteger sum = One;
        BigInteger term = One;
        for (int n = 1; !term.IsZero; n++)
        {
            term = (term * r / n) >> Bits;
            sum += term;
            if (term == BigInteger.MinusOne)
            {
                break;
            }
        }

        return sum;
    }

    private static BigInteger Artanh(BigInteger s)
    {
        BigInteger square = (s * s) >> Bits;
        BigInteger sum = 0;
        BigInteger power = s;
        for (int n = 1; !power.IsZero && power != BigInteger.MinusOne; n += 2)
        {
            sum += power / n;
            power = (power * square) >> Bits;
        }

        return sum;
    }

    /// <summary>|y - value * 2^power| in units of the last place of y.</summary>
    private static double ErrorUlp(double y, BigInteger value, int power)
    {
        (long significand, int exponent) = Parts(y);
        int unit = exponent - power + Bits; // y's last place, as a power of two of the fixed-point unit
        const int Kept = 40;
        BigInteger error = ((BigInteger)significand << Kept) - Shift(value, Kept - unit);
        return (double)BigInteger.Abs(error) / Math.Pow(2, Kept);
    }

    private static BigInteger Fixed(double x)
    {
        (long significand, int exponent) = Parts(x);
        return Shift(significand, exponent + Bits);
    }

    private static BigInteger Shift(BigInteger value, int left) => left >= 0 ? value << left : value >> -left;

    private static (long Significand, int Exponent) Parts(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long significand = bits & ((1L << 52) - 1);
        significand = exponent == 0 ? significand : significand | (1L << 52);
        return (bits < 0 ? -significand : significand, Math.Max(exponent, 1) - 1075);
    }
}
