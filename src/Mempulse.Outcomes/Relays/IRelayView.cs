using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Outcomes.Relays;

/// <summary>The relays that requests left for. Read it between facts; confined to the fold's thread.</summary>
public interface IRelayView
{
    /// <summary>Relays beyond the bound, whose attempts are not followed.</summary>
    ulong Unfollowed { get; }

    /// <summary>The relays, by name.</summary>
    IReadOnlyList<RelayStanding> Relays();

    /// <summary>A relay that an attempt named. A relay without attempts has a closed breaker and its full weight.</summary>
    bool TryGet(string relay, [NotNullWhen(true)] out RelayStanding? standing);
}
