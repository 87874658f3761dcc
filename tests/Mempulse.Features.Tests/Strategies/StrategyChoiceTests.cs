using System.Text;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Sample.Strategies;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>Strategies are chosen by names; a choice that cannot run is refused with the reason.</summary>
public sealed class StrategyChoiceTests
{
    private const string Own = "Sample.Strategies.LargeSwaps, Sample.Strategies";

    [Fact]
    public void Shipped_ones_are_found_by_their_ids_and_own_ones_by_their_types()
    {
        var found = StrategyChoice.Read(StrategyChoice.Write(["exposure", Own, "backrun-arbitrage"]), ProgramStrategies.Instance);

        Assert.Equal([typeof(ExposureAdvice), typeof(LargeSwaps), typeof(BackrunArbitrage)], found.Select(static strategy => strategy.GetType()));
    }

    [Theory]
    [InlineData("""{"format": 1, "strategies": ["sandwich"]}""", "'sandwich' is not a strategy of this program")]
    [InlineData("""{"format": 1, "strategies": ["Sample.Strategies.Missing, Sample.Strategies"]}""", "is not a strategy of this program")]
    [InlineData("""{"format": 1, "strategies": ["System.Text.StringBuilder, System.Runtime"]}""", "is not a strategy of this program")]
    [InlineData("""{"format": 1, "strategies": ["exposure", "exposure"]}""", "is chosen twice")]
    [InlineData("""{"format": 2, "strategies": []}""", "another format")]
    [InlineData("""{"format": 1}""", "is not valid")]
    [InlineData("[]", "is not valid")]
    [InlineData("{", "is not valid")]
    public void A_choice_that_cannot_run_is_refused(string content, string reason)
    {
        var refusal = Assert.Throws<FormatException>(() => StrategyChoice.Read(Encoding.UTF8.GetBytes(content), ProgramStrategies.Instance));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_and_too_large_choices_are_refused()
    {
        Assert.Throws<FormatException>(() => StrategyChoice.Find([.. Enumerable.Repeat("exposure", 17)], ProgramStrategies.Instance));
        Assert.Throws<FormatException>(() => StrategyChoice.Read(new byte[StrategyChoice.MaxBytes + 1], ProgramStrategies.Instance));
    }
}
