using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Books;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Books;

/// <summary>One look at the pools that the fold asks for.</summary>
public sealed class PoolLookTests
{
    private readonly LookWorld _world = new();
    private readonly PoolLook _look;

    public PoolLookTests() => _look = new PoolLook(_world.Fold, _world.ReadAsync, _world.Lane, new BookWatchOptions { ReadsAtOnce = 2, SamplesPerBlock = 1 });

    [Fact]
    public async Task What_was_read_is_appended_after_what_the_lane_has()
    {
        _world.Last = 41;
        _world.Plan = Plan("head", [Pool("a")]);
        _world.Readings = new BookReadings([LookWorld.Fact("a"), LookWorld.Fact("b")], string.Empty, []);

        Assert.Empty(await LookAsync());

        Assert.Equal([42UL, 43UL], _world.Appended.Select(static appended => appended.Number));
        Assert.Equal([Named.Account("a"), Named.Account("b")], _world.Appended.Select(static appended => ((LogEvent.PoolObserved)appended.Fact).Contract));
    }

    [Fact]
    public async Task Nothing_is_read_before_the_first_block_or_when_nothing_is_missed()
    {
        Assert.Empty(await LookAsync());
        _world.Plan = Plan("head", []);
        Assert.Empty(await LookAsync());

        Assert.Empty(_world.Read);
    }

    [Fact]
    public async Task The_fold_is_told_of_the_problem_of_the_look_before() // and of the pools that the source does not have
    {
        _world.Plan = Plan("head", [Pool("a"), Pool("b"), Pool("c")]);
        _world.Readings = new BookReadings([], "The node answers nothing.", [Pool("a"), Pool("b")]);

        string problem = await LookAsync();
        await LookAsync(problem);

        Assert.Equal("The node answers nothing.", problem);
        Assert.Equal([(2, string.Empty, 0), (4, problem, 2)], _world.Asked);
    }

    [Fact]
    public async Task Pools_that_the_source_does_not_have_stand_back_until_the_next_block()
    {
        _world.Plan = Plan("head", [Pool("a"), Pool("b"), Pool("c"), Pool("d")]);
        _world.Readings = new BookReadings([], string.Empty, [Pool("a"), Pool("b")]);
        await LookAsync();
        _world.Readings = new BookReadings([], string.Empty, []);
        await LookAsync();
        _world.Plan = _world.Plan with { Head = Named.Block("next") };
        await LookAsync();

        Assert.Equal([[Pool("a"), Pool("b")], [Pool("c"), Pool("d")], [Pool("a"), Pool("b")]], _world.Read.Select(static plan => plan.Wanted));
    }

    [Fact]
    public async Task A_block_is_sampled_once_and_the_next_one_again()
    {
        _world.Plan = Plan("head", [], [Sample("a")]);
        await LookAsync();
        await LookAsync();
        _world.Plan = Plan("head", [Pool("b")], [Sample("a")]);
        await LookAsync();
        _world.Plan = Plan("next", [], [Sample("a")]);
        await LookAsync();

        Assert.Equal([1, 0, 1], _world.Read.Select(static plan => plan.Samples.Count));
    }

    [Fact]
    public async Task A_reading_without_samples_does_not_count_as_the_sample_of_its_block()
    {
        _world.Plan = Plan("head", [Pool("a")]);
        await LookAsync();
        _world.Plan = Plan("head", [], [Sample("a")]);
        await LookAsync();

        Assert.Equal([0, 1], _world.Read.Select(static plan => plan.Samples.Count));
    }

    [Fact]
    public async Task A_refusal_of_the_log_is_the_problem_whatever_could_not_be_read()
    {
        _world.Plan = Plan("head", [Pool("a")]);
        _world.Readings = new BookReadings([LookWorld.Fact("a")], "The node answers nothing.", []);
        _world.Refusal = "The disk is full.";

        Assert.Equal("Cannot record pools in the log: The disk is full.", await LookAsync());
    }

    [Fact]
    public async Task A_look_that_may_read_nothing_asks_for_samples_alone()
    {
        var look = new PoolLook(_world.Fold, _world.ReadAsync, _world.Lane, new BookWatchOptions { ReadsAtOnce = 0, SamplesPerBlock = 1 });
        _world.Plan = Plan("head", [Pool("a")], [Sample("a")]);

        await look.LookAsync(string.Empty, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (_world.Asked[0].Wanted, Assert.Single(_world.Read).Wanted.Count));
    }

    private Task<string> LookAsync(string problem = "") => _look.LookAsync(problem, TestContext.Current.CancellationToken);

    private static PlannedPool Pool(string name) => new(Named.Account(name), default, Spacing: 0);

    private static PlannedSample Sample(string name) => new(Named.Account(name), default, DivergenceCause.StorageMutated, []);

    private static BookPlan Plan(string head, IReadOnlyList<PlannedPool> wanted, IReadOnlyList<PlannedSample>? samples = null) => new(Named.Block(head), new BlockNumber(9), wanted, samples ?? []);
}
