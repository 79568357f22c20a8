using System;
using System.Globalization;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-11-22T09:30:00Z", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-22t09:30:00.1239z", "2026-11-22T09:30:00.123Z")]
    [InlineData("2026-11-22T10:30:00+01:00", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-22T10:30:00+0100", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-21T23:30:00-10:00", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-22T09:30-00:00", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-22 09:30", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00.000Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    public void TryParse_OfAnAllowedForm_GivesTheInstant(string text, string expected)
    {
        Assert.True(Instant.TryParse(text, out long ms));
        Assert.Equal(expected, Instant.Format(ms));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026")]
    [InlineData("2026-11")]
    [InlineData("2026-13-01")]
    [InlineData("2026-00-01")]
    [InlineData("2025-02-29")]
    [InlineData("2026-11-22T")]
    [InlineData("2026-11-22T09")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T09:60:00Z")]
    [InlineData("2026-11-22T09:30:61Z")]
    [InlineData("2026-11-22T09:30:00.Z")]
    [InlineData("2026-11-22T09:30:00ZZ")]
    [InlineData("2026-11-22T09:30:00 Z")]
    [InlineData("2026-11-22T09:30:00+1:00")]
    [InlineData("2026-11-22T09:30:00+24:00")]
    [InlineData("2026-11-22T09:30:00+")]
    [InlineData(" 2026-11-22")]
    [InlineData("2026-11-22 ")]
    [InlineData("+026-11-22")]
    [InlineData("202\0-11-22")]
    [InlineData("2026-1\0-22")]
    [InlineData("２０２６-11-22")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void TryParse_OfAnythingElse_IsRefused(string text) => Assert.False(Instant.TryParse(text, out _));

    [Fact]
    public void Format_OfAnyInstant_IsParsedBack()
    {
        var random = new Random(1);
        for (int i = 0; i < Runs.Of(5000, 200_000); i++)
        {
            long ms = random.NextInt64(-62_135_596_800_000, 253_402_300_800_000);
            string text = Instant.Format(ms);
            Assert.Equal(24, text.Length);
            Assert.True(Instant.TryParse(text, out long back), text);
            Assert.Equal(ms, back);
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), text);
        }
    }

    [Fact]
    public void TryParse_OfAnyOffset_AgreesWithTheFramework()
    {
        var random = new Random(2);
        for (int i = 0; i < Runs.Of(3000, 100_000); i++)
        {
            var time = new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.Zero)
                .ToOffset(TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1)));
            Assert.True(Instant.TryParse(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture), out long ms));
            Assert.Equal(time.ToUnixTimeMilliseconds(), ms);
        }
    }

    [Fact]
    public void TryParse_OfDamagedText_NeverThrows()
    {
        var random = new Random(3);
        const string Pool = "0123456789-:.TZ+ \0é٣";
        for (int i = 0; i < Runs.Of(20_000, 500_000); i++)
        {
            char[] text = "2026-11-22T09:30:00.123+01:00"[..random.Next(30)].ToCharArray();
            for (int edits = random.Next(4); edits > 0 && text.Length > 0; edits--)
            {
                text[random.Next(text.Length)] = Pool[random.Next(Pool.Length)];
            }

            if (Instant.TryParse(text, out long ms))
            {
                Assert.True(Instant.TryParse(Instant.Format(ms), out long again) && again == ms);
                Assert.True(Array.TrueForAll(text, c => c is > '\0' and < (char)0x80), new string(text));
            }
        }
    }

    [Theory]
    [InlineData(long.MinValue, "0001-01-01T00:00:00.000Z")]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999Z")]
    public void Format_OfWhatNoCalendarHas_IsTheNearestThatItHas(long ms, string expected) => Assert.Equal(expected, Instant.Format(ms));
}
