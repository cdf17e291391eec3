using CsCheck;
using Parker.Cli.Options;

namespace Parker.Cli.Tests.Options;

public sealed class DurationOptionTests
{
    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("30s", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0", 0)]
    public void Time_is_a_number_with_a_unit(string text, int milliseconds)
    {
        Assert.True(DurationOption.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1e3s")]
    [InlineData("1,5s")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("-Infinityms")]
    [InlineData("8761h")]
    [InlineData("99999999999999999999999999h")]
    public void Anything_else_is_none(string text) => Assert.False(DurationOption.TryParse(text, out _));

    [Fact]
    public void Hostile_texts_throw_nothing() => Gen.String[Gen.Char["0123456789.-+smhNaInfinity∞ "], 0, 12].Sample(text =>
        !DurationOption.TryParse(text, out TimeSpan duration) || (duration >= TimeSpan.Zero && duration <= TimeSpan.FromDays(365)));
}
