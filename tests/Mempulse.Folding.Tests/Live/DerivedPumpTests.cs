using Mempulse.Folding.Live;

namespace Mempulse.Folding.Tests.Live;

public sealed class DerivedPumpTests
{
    [Fact]
    public async Task A_batch_that_the_log_refuses_is_retried_unchanged_until_accepted()
    {
        await using var world = new FoldWorld();
        world.Port.Fate = (_, number) => number <= 3 ? AppendFate.Refused : AppendFate.Appended;
        await world.AppendAsync(Facts.Short());

        world.Start();
        await world.FinishAsync();

        Assert.All(world.Port.Derived.Take(4), batch => Assert.Equal(world.Port.Derived[0], batch));
        world.AssertWhole();
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_retried_and_logged_once()
    {
        await using var world = new FoldWorld();
        world.Port.Fate = (_, number) => number <= 2 ? AppendFate.AnswerLost : AppendFate.Appended;
        await world.AppendAsync(Facts.Short());

        world.Start();
        await world.FinishAsync();

        Assert.Equal(world.Port.Derived[0], world.Port.Derived[1]);
        Assert.Equal(world.Reports.Derived, (long)world.Log.Watermark.Value - Facts.Short().Count);
        world.AssertWhole();
    }

    [Fact]
    public async Task One_batch_is_in_flight_at_a_time_and_later_events_follow_in_order()
    {
        await using var world = new FoldWorld();
        world.Port.Fate = (_, number) => number == 1 ? AppendFate.Hangs : AppendFate.Appended;
        var facts = Facts.Pending(20);
        world.Start();
        await world.AppendAsync(Facts.Part(facts, 0, 3));
        await world.UntilAsync(() => world.Port.Appends == 1, "the first append hangs");

        await world.AppendAsync(Facts.Part(facts, 3, facts.Count - 3));
        await world.UntilAsync(() => world.Reports.Through.Value == (ulong)facts.Count, "the fold continues");
        Assert.Equal(1, world.Port.Appends);

        world.Port.Release();
        await world.FinishAsync();
        world.AssertWhole();
    }

    [Fact]
    public async Task More_derived_events_than_fit_one_batch_are_appended_in_several()
    {
        await using var world = new FoldWorld(composition: FoldComposition.Default.With(static () => new ManyDerived(DerivedPump.MaxBatchEvents + 1)));
        await world.AppendAsync(Facts.Part(Facts.Short(), 0, 1));

        world.Start();
        await world.FinishAsync();

        Assert.True(world.Port.Appends >= 2);
        world.AssertWhole();
    }
}
