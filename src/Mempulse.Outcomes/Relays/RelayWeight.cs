using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Relays;

/// <summary>How much a relay counts among others: by what it accepted, and how fast it answers.</summary>
internal static class RelayWeight
{
    /// <summary>The weight of a relay that accepts everything, and of one that is not known yet.</summary>
    public const int Full = 10_000;

    /// <summary>The weight of one that answers and accepts nothing.</summary>
    public const int Least = 500;

    /// <summary>The highest weight while one request decides whether it is back.</summary>
    public const int OfProbe = 1_000;

    /// <summary>Attempts before a rate says something.</summary>
    public const int FewestAttempts = 8;

    /// <summary>Median latency above which the weight is halved: one sixth of a slot.</summary>
    public const ulong SlowMicroseconds = 2_000_000;

    /// <summary>The weight: 0 while the breaker is open.</summary>
    public static int Of(RelayEntry relay)
    {
        if (relay.Breaker == BreakerState.Open)
        {
            return 0;
        }

        int weight = Full;
        if (relay.Answers.Count >= FewestAttempts)
        {
            // A refusal counts half: the relay works, and takes none of ours.
            int halves = (2 * relay.CountOf(AnswerKind.Accepted)) + relay.CountOf(AnswerKind.Refused);
            weight = Math.Max(Full * halves / (2 * relay.Answers.Count), Least);
        }

        weight = relay.Latency() > SlowMicroseconds ? weight / 2 : weight;
        return relay.Breaker == BreakerState.HalfOpen ? Math.Min(weight, OfProbe) : weight;
    }
}
