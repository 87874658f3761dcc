using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Relays;

/// <summary>Opens and closes the breaker of a relay. Time is that of records.</summary>
/// <remarks>
/// It opens when <see cref="MostInARow"/> attempts failed one after the other, or more than half of a window of at least <see cref="FewestForRate"/>. After
/// <see cref="FirstWait"/>, doubled each time up to <see cref="MostDoublings"/> times, it lets one request through, which decides.
/// </remarks>
internal static class RelayBreaker
{
    /// <summary>Failures one after the other that open it.</summary>
    public const int MostInARow = 5;

    /// <summary>Attempts before more failures than answers open it.</summary>
    public const int FewestForRate = 16;

    /// <summary>How long it stays open at first: longer than a slot.</summary>
    public const long FirstWait = 15_000_000_000;

    /// <summary>How often the wait doubles: eight minutes at most.</summary>
    public const int MostDoublings = 5;

    /// <summary>After this long without an answer the request that decides has failed.</summary>
    public const long LongestProbe = 60_000_000_000;

    /// <summary>A request left.</summary>
    public static void Started(RelayEntry relay, UnixNanoseconds at)
    {
        if (relay.Breaker == BreakerState.HalfOpen)
        {
            (relay.IsProbing, relay.ProbedAt) = (true, at);
        }
    }

    /// <summary>A request was answered, or failed.</summary>
    public static void Answered(RelayEntry relay, RelayAnswer answer, UnixNanoseconds at)
    {
        relay.Add(answer);
        switch (relay.Breaker)
        {
            case BreakerState.HalfOpen when answer.Kind == AnswerKind.Failed:
                Open(relay, at);
                break;
            case BreakerState.HalfOpen:
                Close(relay, answer);
                break;
            case BreakerState.Closed when relay.FailedInARow >= MostInARow || IsMostlyFailing(relay):
                Open(relay, at);
                break;
            default:
                break;
        }
    }

    /// <summary>Time passed.</summary>
    public static void Passed(RelayEntry relay, UnixNanoseconds now)
    {
        if (relay.Breaker == BreakerState.Open && now >= relay.OpenUntil)
        {
            (relay.Breaker, relay.IsProbing) = (BreakerState.HalfOpen, false);
        }
        else if (relay.Breaker == BreakerState.HalfOpen && relay.IsProbing && Later(relay.ProbedAt, LongestProbe) <= now)
        {
            Open(relay, now);
        }
    }

    /// <summary>True when <see cref="Passed"/> would change something.</summary>
    public static bool IsDue(RelayEntry relay, UnixNanoseconds now) =>
        (relay.Breaker == BreakerState.Open && now >= relay.OpenUntil)
        || (relay.Breaker == BreakerState.HalfOpen && relay.IsProbing && Later(relay.ProbedAt, LongestProbe) <= now);

    private static bool IsMostlyFailing(RelayEntry relay) =>
        relay.Answers.Count >= FewestForRate && 2 * relay.CountOf(AnswerKind.Failed) > relay.Answers.Count;

    private static void Open(RelayEntry relay, UnixNanoseconds at)
    {
        relay.Breaker = BreakerState.Open;
        relay.IsProbing = false;
        relay.OpenUntil = Later(at, FirstWait << Math.Min(relay.Opened, MostDoublings));
        relay.Opened = Math.Min(relay.Opened + 1, MostDoublings);
    }

    private static void Close(RelayEntry relay, RelayAnswer answer)
    {
        (relay.Breaker, relay.IsProbing, relay.Opened) = (BreakerState.Closed, false, 0);
        relay.Forget();
        relay.Add(answer);
    }

    private static UnixNanoseconds Later(UnixNanoseconds time, long wait) =>
        new(time.Value > long.MaxValue - wait ? long.MaxValue : time.Value + wait);
}
