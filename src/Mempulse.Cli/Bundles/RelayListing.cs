using System.Text.Json.Nodes;
using Mempulse.Outcomes.Relays;
using Mempulse.Primitives;

namespace Mempulse.Cli.Bundles;

/// <summary>The relays of a log, as text and as JSON.</summary>
internal sealed record RelayListing(GlobalSeq AsOf, IReadOnlyList<RelayStanding> Relays, ulong Unfollowed)
{
    public void Write(TextWriter output)
    {
        output.WriteLine($"after seq {AsOf}: {Relays.Count} relays{(Unfollowed > 0 ? $", and {Unfollowed} attempts at relays that are not followed" : string.Empty)}");
        foreach (var relay in Relays)
        {
            output.WriteLine($"{relay.Relay}  breaker {BreakerName.Of(relay.Breaker)}{(relay.OpenUntil is { } until ? $" until {until.ToRfc3339()}" : string.Empty)}  weight {relay.WeightBasisPoints} of 10000");
            output.WriteLine($"    last {relay.Attempts} attempts: {relay.Accepted} accepted, {relay.Failed} failed, median {relay.LatencyMicroseconds} us; {relay.Landed} bundles landed; last attempt in seq {relay.LastAttempt}");
        }
    }

    public JsonNode ToJson() => new JsonObject
    {
        ["asOfSeq"] = AsOf.Value,
        ["unfollowed"] = Unfollowed,
        ["relays"] = new JsonArray([.. Relays.Select(ToJson)]),
    };

    private static JsonObject ToJson(RelayStanding relay) => new()
    {
        ["relay"] = relay.Relay,
        ["breaker"] = BreakerName.Of(relay.Breaker),
        ["maySend"] = relay.MaySend,
        ["openUntil"] = relay.OpenUntil?.ToRfc3339(),
        ["weightBasisPoints"] = relay.WeightBasisPoints,
        ["attempts"] = relay.Attempts,
        ["accepted"] = relay.Accepted,
        ["failed"] = relay.Failed,
        ["latencyMicroseconds"] = relay.LatencyMicroseconds,
        ["landed"] = relay.Landed,
        ["lastAttemptSeq"] = relay.LastAttempt.Value,
    };
}
