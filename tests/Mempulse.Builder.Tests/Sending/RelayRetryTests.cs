using Mempulse.Builder.Answers;
using Mempulse.Builder.Sending;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Builder.Tests.Sending;

/// <summary>Which answers are followed by another attempt, and when.</summary>
public sealed class RelayRetryTests
{
    private static readonly RetrySchedule Schedule = new(new RetryPolicy { MaxAttempts = 4, FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(8) }, seed: 9);

    private readonly FakeTimeProvider _time = new();
    private readonly List<PlannedAttempt> _made = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rate_limit_is_waited_for_and_the_waits_are_those_of_the_schedule()
    {
        var result = await RunAsync(1, ErrorClass.RateLimited, ErrorClass.Unavailable, ErrorClass.None);

        Assert.Equal(ErrorClass.None, result.Answer.Class);
        Assert.Equal(
            [new PlannedAttempt(1, TimeSpan.Zero), new PlannedAttempt(2, Schedule.DelayBefore(2, null)!.Value), new PlannedAttempt(3, Schedule.DelayBefore(3, null)!.Value)],
            _made);
    }

    [Fact]
    public async Task The_last_attempt_is_final_whatever_it_says()
    {
        var result = await RunAsync(1, ErrorClass.NotConnected, ErrorClass.NotConnected, ErrorClass.NotConnected, ErrorClass.NotConnected, ErrorClass.None);

        Assert.Equal((ErrorClass.NotConnected, 4), (result.Answer.Class, _made.Count));
    }

    [Fact]
    public async Task Only_what_proves_that_the_builder_does_not_have_it_is_repeated()
    {
        foreach (var kind in Enum.GetValues<ErrorClass>().Where(kind => ErrorClasses.ConsequenceOf(kind) != AttemptConsequence.Retry))
        {
            _made.Clear();

            await RunAsync(1, kind, ErrorClass.None);

            Assert.Single(_made);
        }
    }

    [Fact]
    public async Task After_a_restart_the_numbers_go_on()
    {
        await RunAsync(3, ErrorClass.RateLimited, ErrorClass.RateLimited, ErrorClass.None);

        Assert.Equal([3, 4], _made.Select(attempt => attempt.Number));
        Assert.Equal(Schedule.DelayBefore(4, null), _made[1].Backoff);
    }

    [Fact]
    public async Task When_all_attempts_were_made_before_a_restart_none_is_made_after_it()
    {
        await RunAsync(4, ErrorClass.RateLimited, ErrorClass.None);
        Assert.Equal([4], _made.Select(attempt => attempt.Number));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(5, ErrorClass.None));
        Assert.Single(_made);
    }

    [Fact]
    public async Task A_relay_that_asks_for_too_long_is_not_asked_again()
    {
        var result = await RelayRetry.RunAsync(Schedule, 1, (attempt, _) => Record(attempt, new RelayAnswer { Class = ErrorClass.RateLimited, RetryAfter = TimeSpan.FromSeconds(9) }), _time, Stop);

        Assert.Equal(ErrorClass.RateLimited, result.Answer.Class);
        Assert.Single(_made);
    }

    private async Task<AttemptResult> RunAsync(int first, params ErrorClass[] answers)
    {
        int at = 0;
        var running = RelayRetry.RunAsync(Schedule, first, (attempt, _) => Record(attempt, new RelayAnswer { Class = answers[at++] }), _time, Stop);
        await Until.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        }, "the attempts end");
        return await running;
    }

    private ValueTask<AttemptResult> Record(PlannedAttempt attempt, RelayAnswer answer)
    {
        _made.Add(attempt);
        return ValueTask.FromResult(new AttemptResult(answer, TimeSpan.Zero));
    }
}
