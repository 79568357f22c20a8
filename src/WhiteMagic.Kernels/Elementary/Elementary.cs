using System;

namespace WhiteMagic.Kernels;

// Natural logarithm, exponential and hyperbolic tangent of doubles.
//
// Problem: Math.Log, Math.Exp and Math.Tanh are the C library's, so their last bit differs between platforms, and WebAssembly has none. Scores
// that are compared bit for bit need functions made of the operations that IEEE 754 defines exactly.
// Source: the reductions of fdlibm (Sun Microsystems, 1993: e_log.c, e_exp.c), written anew; the coefficients are Chebyshev fits of our own,
// computed with 300 bits.
//
//   log x:   x = 2^k * m with m in [sqrt(1/2), sqrt 2); f = m - 1; s = f / (2 + f); h = f * f / 2
//            log m = 2 atanh s = f - (h - s * (h + R(s * s))), R fitted; add k * ln 2 in two pieces
//   exp x:   x = k * ln 2 + r with |r| <= ln 2 / 2, what rounding r lost kept; exp r = 1 + r + r * r * Q(r), Q fitted; times 2^k
//   tanh x:  below 0.55 an odd polynomial; above it 1 - 2 / (exp 2x + 1), with exp as a sum of two doubles
//
// Cost: one division or none and seven to eleven terms. Every result is within 1 ulp of the true value; the tests measure it.
// Knowingly not optimal: tables would save half of the terms, but cost bytes in every module.

/// <summary>Elementary functions within 1 ulp, with the same bits on every platform. No argument traps; NaN gives NaN.</summary>
public static class Elementary
{
    // ln 2 in two pieces: the first has 21 bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931467056274414;
    private const double Ln2Low = 4.7493250390316726e-07;
    private const double InverseLn2 = 1.4426950408889634;

    private const int ExponentBias = 1023;
    private const int FractionBits = 52;
    private const ulong FractionMask = (1UL << FractionBits) - 1;
    private const ulong OneBits = (ulong)ExponentBias << FractionBits;
    private const ulong HalfRootBits = 0x3FE6_A09E_667F_3BCD; // sqrt(1/2)

    /// <summary>The natural logarithm: NaN below zero, -infinity at zero.</summary>
    public static double Log(double x)
    {
        const double TwoTo54 = 18014398509481984;
        const double SmallestNormal = 2.2250738585072014e-308;
        if (!(x > 0))
        {
            return x == 0 ? double.NegativeInfinity : double.NaN;
        }

        if (x == double.PositiveInfinity)
        {
            return x;
        }

        int exponent = -ExponentBias;
        if (x < SmallestNormal)
        {
            x *= TwoTo54;
            exponent -= 54;
        }

        // Moving sqrt(1/2) to a power of two lets one addition choose both the exponent and the interval.
        ulong bits = BitConverter.DoubleToUInt64Bits(x) + (OneBits - HalfRootBits);
        exponent += (int)(bits >> FractionBits);
        double f = BitConverter.UInt64BitsToDouble((bits & FractionMask) + HalfRootBits) - 1;

        double s = f / (2 + f);
        double z = s * s;
        double zz = z * z;
        double odd = 0.666666666666667 + (zz * (0.2857142862600327 + (zz * (0.18182889455674947 + (zz * 0.14616585424888623)))));
        double even = 0.39999999999899444 + (zz * (0.22222211130259878 + (zz * 0.15331710618210773)));
        double r = z * (odd + (z * even));
        double h = 0.5 * f * f;
        return (exponent * Ln2High) - (h - ((s * (h + r)) + (exponent * Ln2Low)) - f);
    }

    /// <summary>e to the power of <paramref name="x"/>: infinity above 709.78, zero below -745.13.</summary>
    public static double Exp(double x)
    {
        const double OverflowAbove = 709.782712893384;
        const double ZeroBelow = -745.1332191019412;
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        if (x > OverflowAbove)
        {
            return double.PositiveInfinity;
        }

        if (x < ZeroBelow)
        {
            return 0;
        }

        int exponent = SplitExp(x, out double y, out _);
        if (exponent > ExponentBias)
        {
            return y * PowerOfTwo(exponent - 1) * 2;
        }

        // A subnormal result is rounded once more, by the second factor; the first is exact.
        const int Detour = 200;
        return exponent > -ExponentBias ? y * PowerOfTwo(exponent) : y * PowerOfTwo(exponent + Detour) * PowerOfTwo(-Detour);
    }

    /// <summary>The hyperbolic tangent, odd and within -1 to 1; -0.0 stays -0.0.</summary>
    public static double Tanh(double x)
    {
        const double PolynomialBelow = 0.55;
        const double ItselfBelow = 1e-9;
        const double OneAbove = 22;
        double a = Math.Abs(x);
        if (a < ItselfBelow)
        {
            return x;
        }

        if (a < PolynomialBelow)
        {
            double z = x * x;
            double zz = z * z;
            double even = -0.3333333333333333 + (zz * (-0.05396825396743151 + (zz * (-0.008863234395177999 + (zz *
                (-0.0014556615522767396 + (zz * (-0.00023463067524526733 + (zz * -2.0598135435770385e-05)))))))));
            double odd = 0.13333333333332711 + (zz * (0.021869488493552625 + (zz *
                (0.003592110343931255 + (zz * (0.00058893468259176 + (zz * 8.510647287642557e-05)))))));
            return x + (x * (z * (even + (z * odd))));
        }

        if (a > OneAbove)
        {
            return x > 0 ? 1 : -1;
        }

        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        int exponent = SplitExp(2 * a, out double high, out double low);
        double scale = PowerOfTwo(exponent);
        high *= scale;
        double sum = high + 1;
        double rest = (1 - (sum - high)) + (low * scale);
        double quotient = 2 / sum;
        return Math.CopySign(1 - (quotient - (quotient * (rest / sum))), x);
    }

    /// <summary>exp x as 2^result * (high + low), where low is at most half of high's last place; x is finite and its exponential in range.</summary>
    private static int SplitExp(double x, out double high, out double low)
    {
        int exponent = (int)((x * InverseLn2) + (x < 0 ? -0.5 : 0.5));
        double coarse = x - (exponent * Ln2High);
        double fine = exponent * Ln2Low;
        double r = coarse - fine;
        double lost = (coarse - r) - fine;

        double rr = r * r;
        double rrrr = rr * rr;
        double q01 = 0.5 + (r * 0.1666666666666667);
        double q23 = 0.04166666666666667 + (r * 0.008333333333326136);
        double q45 = 0.0013888888888883748 + (r * 0.00019841269874820627);
        double q67 = 2.4801587325547743e-05 + (r * 2.7557255400206422e-06);
        double q8 = 2.75572736431103e-07 + (r * 2.5105217004720745e-08) + (rr * 2.0914686968086876e-09);
        double q = q01 + (rr * q23) + (rrrr * (q45 + (rr * q67) + (rrrr * q8)));

        double first = 1 + r;
        double second = (r - (first - 1)) + (lost + (rr * q));
        high = first + second;
        low = second - (high - first);
        return exponent;
    }

    private static double PowerOfTwo(int exponent) => BitConverter.UInt64BitsToDouble((ulong)(exponent + ExponentBias) << FractionBits);
}
