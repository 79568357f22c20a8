using System;

namespace WhiteMagic.Kernels.Tests;

public sealed class ElementaryTests
{
    private const int Seed = 20261125;

    private static readonly int Cases = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 200_000 : 4_000;

    [Fact]
    public void Log_AnyPositiveDouble_IsWithinOneUlp()
    {
        Measure(Elementary.Log, Precise.LogErrorUlp, random => Math.Abs(AnyFinite(random)));
        Measure(Elementary.Log, Precise.LogErrorUlp, random => 0.5 + (random.NextDouble() * 1.5));
        Measure(Elementary.Log, Precise.LogErrorUlp, random => 1 + ((random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(0, 50))));
    }

    [Fact]
    public void Exp_AnyArgumentInRange_IsWithinOneUlp()
    {
        Measure(Elementary.Exp, Precise.ExpErrorUlp, random => (random.NextDouble() * 1454) - 744.4);
        Measure(Elementary.Exp, Precise.ExpErrorUlp, random => (random.NextDouble() - 0.5) * 2);
        Measure(Elementary.Exp, Precise.ExpErrorUlp, random => (random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(0, 60)));
        Measure(Elementary.Exp, Precise.ExpErrorUlp, random => -744.4 + (random.NextDouble() * 40));
    }

    [Fact]
    public void Tanh_AnyArgument_IsWithinOneUlp()
    {
        Measure(Elementary.Tanh, Precise.TanhErrorUlp, random => (random.NextDouble() - 0.5) * 4);
        Measure(Elementary.Tanh, Precise.TanhErrorUlp, random => (random.NextDouble() - 0.5) * 60);
        Measure(Elementary.Tanh, Precise.TanhErrorUlp, random => (random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(0, 60)));
    }

    [Fact]
    public void Log_AtTheEdges_IsAsDocumented()
    {
        Assert.True(double.IsNaN(Elementary.Log(double.NaN)));
        Assert.True(double.IsNaN(Elementary.Log(-1)));
        Assert.True(double.IsNaN(Elementary.Log(double.NegativeInfinity)));
        Assert.Equal(double.NegativeInfinity, Elementary.Log(0));
        Assert.Equal(double.NegativeInfinity, Elementary.Log(-0.0));
        Assert.Equal(double.PositiveInfinity, Elementary.Log(double.PositiveInfinity));
        Assert.Equal(0, Elementary.Log(1));
        Assert.InRange(Precise.LogErrorUlp(double.Epsilon, Elementary.Log(double.Epsilon)), 0, 1);
        Assert.InRange(Precise.LogErrorUlp(double.MaxValue, Elementary.Log(double.MaxValue)), 0, 1);
    }

    [Fact]
    public void Exp_AtTheEdges_IsAsDocumented()
    {
        Assert.True(double.IsNaN(Elementary.Exp(double.NaN)));
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(709.79));
        Assert.Equal(0, Elementary.Exp(double.NegativeInfinity));
        Assert.Equal(0, Elementary.Exp(-745.2));
        Assert.Equal(double.Epsilon, Elementary.Exp(-745.1332191019411));
        Assert.Equal(1, Elementary.Exp(0));
        Assert.Equal(1, Elementary.Exp(-0.0));
        Assert.InRange(Precise.ExpErrorUlp(709.782712893384, Elementary.Exp(709.782712893384)), 0, 1);
    }

    [Fact]
    public void Tanh_AtTheEdges_IsAsDocumented()
    {
        Assert.True(double.IsNaN(Elementary.Tanh(double.NaN)));
        Assert.Equal(1, Elementary.Tanh(double.PositiveInfinity));
        Assert.Equal(-1, Elementary.Tanh(double.NegativeInfinity));
        Assert.True(double.IsNegative(Elementary.Tanh(-0.0)));
        Assert.Equal(double.Epsilon, Elementary.Tanh(double.Epsilon));
        Assert.Equal(-Elementary.Tanh(1.25), Elementary.Tanh(-1.25));
    }

    private static void Measure(Func<double, double> function, Func<double, double, double> errorUlp, Func<Random, double> draw)
    {
        var random = new Random(Seed);
        for (int i = 0; i < Cases; i++)
        {
            double x = draw(random);
            double y = function(x);
            double error = y == 0 ? 0 : errorUlp(x, y); // exact: only log 1 and tanh 0 are zero here
            Assert.True(error < 1, $"seed {Seed}, case {i}: f({x:R}) = {y:R} is {error:F3} ulp off");
        }
    }

    private static double AnyFinite(Random random)
    {
        while (true)
        {
            double x = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(x))
            {
                return x;
            }
        }
    }
}
