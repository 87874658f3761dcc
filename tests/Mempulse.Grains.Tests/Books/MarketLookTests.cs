using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Books;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Books;

/// <summary>One look at the lending markets that the fold asks for.</summary>
public sealed class MarketLookTests
{
    private static readonly PlannedMarket s_market = new(Named.Account("market"), Named.Account("oracle"), IsWanted: true, [], [], Form: 1);

    private readonly LookWorld _world = new();
    private readonly MarketLook _look;

    public MarketLookTests() => _look = new MarketLook(_world.Fold, _world.ReadAsync, _world.Lane, new BookWatchOptions());

    [Fact]
    public async Task What_was_read_is_appended_and_its_problem_returned()
    {
        _world.Markets = Plan("head", [s_market], 0);
        _world.Readings = new BookReadings([LookWorld.Fact("a")], "The oracle reverts.", []);

        Assert.Equal("The oracle reverts.", await LookAsync());

        Assert.Equal(1UL, Assert.Single(_world.Appended).Number);
    }

    [Fact]
    public async Task Nothing_is_read_before_the_first_block_or_when_nothing_is_missed()
    {
        Assert.Empty(await LookAsync());
        _world.Markets = Plan("head", [], 0);
        Assert.Empty(await LookAsync());

        Assert.Empty(_world.ReadMarkets);
    }

    [Fact]
    public async Task A_block_is_sampled_once_and_the_next_one_again()
    {
        _world.Markets = Plan("head", [], 1);
        await LookAsync();
        await LookAsync();
        _world.Markets = Plan("head", [s_market], 1);
        await LookAsync();
        _world.Markets = Plan("next", [], 1);
        await LookAsync();

        Assert.Equal([1, 0, 1], _world.ReadMarkets.Select(static plan => plan.Samples.Count));
    }

    [Fact]
    public async Task A_refusal_of_the_log_is_the_problem_whatever_could_not_be_read()
    {
        _world.Markets = Plan("head", [s_market], 0);
        _world.Readings = new BookReadings([LookWorld.Fact("a")], "The oracle reverts.", []);
        _world.Refusal = "The disk is full.";

        Assert.Equal("Cannot record pools in the log: The disk is full.", await LookAsync());
    }

    private Task<string> LookAsync() => _look.LookAsync(string.Empty, TestContext.Current.CancellationToken);

    private static MarketPlan Plan(string head, IReadOnlyList<PlannedMarket> markets, int samples) =>
        new(Named.Block(head), new BlockNumber(9), markets, [.. Enumerable.Range(0, samples).Select(static _ => new PlannedMarketSample(Named.Account("market"), default, []))]);
}
