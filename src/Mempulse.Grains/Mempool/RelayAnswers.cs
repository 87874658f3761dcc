using Mempulse.Grains.Abstractions.Relays;
using Mempulse.Outcomes.Relays;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers about relays from the fold's state.</summary>
internal static class RelayAnswers
{
    public static RelaysAnswer Of(ReplayEngine engine)
    {
        var view = engine.View<IRelayView>();
        return new RelaysAnswer(engine.Applied, [.. view.Relays().Select(Of)], view.Unfollowed);
    }

    private static RelayReport Of(RelayStanding relay) => new()
    {
        Relay = relay.Relay,
        Breaker = relay.Breaker,
        MaySend = relay.MaySend,
        OpenUntil = relay.OpenUntil,
        WeightBasisPoints = relay.WeightBasisPoints,
        Attempts = relay.Attempts,
        Accepted = relay.Accepted,
        Failed = relay.Failed,
        Failures = relay.Failures,
        LatencyMicroseconds = relay.LatencyMicroseconds,
        Landed = relay.Landed,
        LastAttempt = relay.LastAttempt,
    };
}
