using Mempulse.Primitives.Events;
using Polly;
using Polly.Retry;

namespace Mempulse.Builder.Sending;

/// <summary>Makes attempts as a schedule says, as long as the answers ask for another one.</summary>
/// <remarks>Only an answer that proves that the builder does not have the request, and may take it later, is followed by another attempt.</remarks>
public static class RelayRetry
{
    /// <summary>Makes attempts until one is final.</summary>
    /// <param name="schedule">When.</param>
    /// <param name="firstAttempt">The number of the first one; more than 1 after a restart.</param>
    /// <param name="attempt">Makes one: it records the intention with the number and the wait before it, sends, and records the answer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting and the attempt.</param>
    /// <returns>The result of the last attempt.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The schedule has no attempt with the first number: all were made before.</exception>
    public static async Task<AttemptResult> RunAsync(
        RetrySchedule schedule, int firstAttempt, Func<PlannedAttempt, CancellationToken, ValueTask<AttemptResult>> attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstAttempt, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstAttempt, schedule.MaxAttempts);
        var planned = new PlannedAttempt(firstAttempt, TimeSpan.Zero);
        int repeats = schedule.MaxAttempts - firstAttempt;
        if (repeats == 0)
        {
            return await attempt(planned, cancellationToken).ConfigureAwait(false);
        }

        var pipeline = new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<AttemptResult>
            {
                MaxRetryAttempts = repeats,
                UseJitter = false, // the schedule has it, from a seed
                ShouldHandle = asked => ValueTask.FromResult(asked.Outcome.Result is { } result && Next(schedule, firstAttempt + asked.AttemptNumber + 1, result) is not null),
                DelayGenerator = asked => ValueTask.FromResult(asked.Outcome.Result is { } result ? Next(schedule, firstAttempt + asked.AttemptNumber + 1, result) : null),
                OnRetry = asked =>
                {
                    planned = new PlannedAttempt(firstAttempt + asked.AttemptNumber + 1, asked.RetryDelay);
                    return default;
                },
            })
            .Build();
        return await pipeline.ExecuteAsync(token => attempt(planned, token), cancellationToken).ConfigureAwait(false);
    }

    private static TimeSpan? Next(RetrySchedule schedule, int number, AttemptResult last) =>
        last.Answer.Consequence == AttemptConsequence.Retry ? schedule.DelayBefore(number, last.Answer.RetryAfter) : null;
}
