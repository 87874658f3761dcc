using CsCheck;
using Mempulse.Builder.Sending;
using Mempulse.Primitives;

namespace Mempulse.Builder.Tests.Sending;

/// <summary>When attempts are made: a function of the policy, the seed and what the relay asks for.</summary>
public sealed class RetryScheduleTests
{
    private static readonly RetryPolicy Policy = new() { MaxAttempts = 8, FirstDelay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(2) };

    [Fact]
    public void A_seed_has_these_delays_for_ever() => Assert.Equal(
        Expected, Enumerable.Range(1, 8).Select(attempt => new RetrySchedule(Policy, seed: 42).DelayBefore(attempt, null)!.Value.Ticks));

    private static readonly long[] Expected = [0, 507_318, 1_154_674, 2_812_934, 6_810_561, 9_598_604, 11_193_936, 12_790_900];

    [Fact]
    public void Each_delay_is_between_half_of_the_doubled_one_and_all_of_it() => Gen.Select(Gen.ULong, Gen.Int[2, 8]).Sample((seed, attempt) =>
    {
        var longest = TimeSpan.FromMilliseconds(Math.Min(2_000, 100 << (attempt - 2)));
        var delay = new RetrySchedule(Policy, seed).DelayBefore(attempt, null)!.Value;

        return delay >= longest / 2 && delay <= longest && delay == new RetrySchedule(Policy, seed).DelayBefore(attempt, null);
    });

    [Fact]
    public void Different_seeds_do_not_ask_at_the_same_time()
    {
        var delays = Enumerable.Range(0, 1_000).Select(seed => new RetrySchedule(Policy, (ulong)seed).DelayBefore(2, null)).ToHashSet();

        Assert.True(delays.Count > 900);
    }

    [Fact]
    public void A_relay_that_asks_for_longer_is_given_it_up_to_the_longest_delay()
    {
        var schedule = new RetrySchedule(Policy, 1);

        Assert.Equal(TimeSpan.FromSeconds(2), schedule.DelayBefore(2, TimeSpan.FromSeconds(2)));
        Assert.Null(schedule.DelayBefore(2, TimeSpan.FromSeconds(2) + TimeSpan.FromTicks(1)));
        Assert.Equal(schedule.DelayBefore(2, null), schedule.DelayBefore(2, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void There_are_no_more_attempts_than_the_policy_allows()
    {
        var schedule = new RetrySchedule(Policy, 1);

        Assert.NotNull(schedule.DelayBefore(8, null));
        Assert.Null(schedule.DelayBefore(9, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.DelayBefore(0, null));
    }

    [Fact]
    public void Many_attempts_do_not_overflow()
    {
        var schedule = new RetrySchedule(new RetryPolicy { MaxAttempts = int.MaxValue, FirstDelay = TimeSpan.FromDays(1), MaxDelay = TimeSpan.FromDays(1) }, ulong.MaxValue);

        Assert.InRange(schedule.DelayBefore(int.MaxValue, null)!.Value, TimeSpan.FromHours(12), TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, -1, 2)]
    [InlineData(1, 3, 2)]
    [InlineData(1, 1, 90_000)]
    public void A_policy_that_is_not_one_is_refused(int attempts, int firstSeconds, int maxSeconds) => Assert.Throws<ArgumentException>(() =>
        new RetrySchedule(new RetryPolicy { MaxAttempts = attempts, FirstDelay = TimeSpan.FromSeconds(firstSeconds), MaxDelay = TimeSpan.FromSeconds(maxSeconds) }, 1));

    [Fact]
    public void The_seed_follows_from_the_bundle_and_the_relay()
    {
        var bundle = Hash256.Parse("0x" + new string('1', 64));

        Assert.Equal(RetrySchedule.SeedOf(bundle, "titan"), RetrySchedule.SeedOf(bundle, "titan"));
        Assert.NotEqual(RetrySchedule.SeedOf(bundle, "titan"), RetrySchedule.SeedOf(bundle, "quasar"));
        Assert.NotEqual(RetrySchedule.SeedOf(bundle, "titan"), RetrySchedule.SeedOf(Hash256.Zero, "titan"));
    }
}
