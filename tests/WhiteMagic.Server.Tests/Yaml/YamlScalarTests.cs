using System.Globalization;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

// The forms of the YAML 1.2 core schema, section 10.3.2.
public sealed class YamlScalarTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("Null")]
    [InlineData("NULL")]
    [InlineData("~")]
    public void IsNull_NullForm_IsTrueWhenPlain(string text)
    {
        Assert.True(Plain(text).IsNull);
        Assert.False(Quoted(text).IsNull);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("FALSE", false)]
    public void TryGetBool_BooleanForm_IsReadWhenPlain(string text, bool expected)
    {
        Assert.True(Plain(text).TryGetBool(out bool value));
        Assert.Equal(expected, value);
        Assert.False(Quoted(text).TryGetBool(out value));
        Assert.False(value);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("+12", 12)]
    [InlineData("-12", -12)]
    [InlineData("0123", 123)]
    [InlineData("0o17", 15)]
    [InlineData("0xFf", 255)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0x7fffffffffffffff", long.MaxValue)]
    public void TryGetLong_WholeNumber_IsReadWhenPlain(string text, long expected)
    {
        Assert.True(Plain(text).TryGetLong(out long value));
        Assert.Equal(expected, value);
        Assert.True(Plain(text).TryGetDouble(out double number));
        Assert.Equal(expected, number);
        Assert.False(Quoted(text).TryGetLong(out _));
        Assert.False(Quoted(text).TryGetDouble(out _));
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("1.", 1.0)]
    [InlineData("+1e3", 1000.0)]
    [InlineData("2E-2", 0.02)]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.INF", double.NegativeInfinity)]
    [InlineData("+.Inf", double.PositiveInfinity)]
    [InlineData(".nan", double.NaN)]
    [InlineData("9223372036854775808", 9223372036854775808.0)]
    [InlineData("0xFFFFFFFFFFFFFFFF", 18446744073709551615.0)]
    public void TryGetDouble_NumberThatIsNoLong_IsReadAsDoubleOnly(string text, double expected)
    {
        Assert.True(Plain(text).TryGetDouble(out double value));
        Assert.Equal(expected, value);
        Assert.False(Plain(text).TryGetLong(out _));
        Assert.False(Plain(text).IsText);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("nULL")]
    [InlineData("tRUE")]
    [InlineData("1_000")]
    [InlineData("0x")]
    [InlineData("0o8")]
    [InlineData("-0x1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData(".")]
    [InlineData("+")]
    [InlineData("+.nan")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("12:30")]
    [InlineData("Infinity")]
    [InlineData("2026-11-22")]
    [InlineData("٣")]
    public void IsText_AnythingElse_IsText(string text)
    {
        YamlScalar scalar = Plain(text);
        Assert.True(scalar.IsText);
        Assert.False(scalar.IsNull || scalar.TryGetBool(out _) || scalar.TryGetLong(out _) || scalar.TryGetDouble(out _));
    }

    [Fact]
    public void TryGetLong_EveryNumberAroundTheBounds_AgreesWithTheFramework()
    {
        foreach (string digits in new[] { "922337203685477580", "1844674407370955161", "999999999999999999" })
        {
            for (int last = 0; last < 10; last++)
            {
                foreach (string sign in new[] { "", "-", "+" })
                {
                    string text = sign + digits + last.ToString(CultureInfo.InvariantCulture);
                    bool fits = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long expected);
                    Assert.Equal(fits, Plain(text).TryGetLong(out long value));
                    Assert.Equal(fits ? expected : 0, value);
                }
            }
        }
    }

    private static YamlScalar Plain(string text)
    {
        YamlScalar scalar = Assert.IsType<YamlScalar>(YamlReader.Parse(text, "x.yaml"));
        Assert.True(scalar.IsPlain);
        Assert.Equal(text, scalar.Text);
        return scalar;
    }

    private static YamlScalar Quoted(string text) =>
        Assert.IsType<YamlScalar>(YamlReader.Parse("'" + text + "'", "x.yaml"));
}
