namespace Mempulse.Grains.Abstractions.RelayData;

/// <summary>What came of asking relays about blocks.</summary>
/// <param name="Wait">How long to wait before asking again; null if no relay is configured.</param>
/// <param name="Problem">Why what they answered is not on record, in a sentence; empty if it is. Relays that do not answer are in the gap ledger.</param>
[GenerateSerializer, Immutable, Alias("mempulse.relay-data-report")]
public sealed record RelayDataReport([property: Id(0)] TimeSpan? Wait, [property: Id(1)] string Problem);
