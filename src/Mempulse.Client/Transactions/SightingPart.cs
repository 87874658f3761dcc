namespace Mempulse.Client.Transactions;

/// <summary>The sightings of a transaction by one source.</summary>
/// <param name="Source">The name of the source, or its id while the name is unknown.</param>
/// <param name="FirstSeq">The event of its first sighting.</param>
/// <param name="FirstTime">The time of its first sighting.</param>
/// <param name="AfterFirstNs">Nanoseconds after the first sighting by any source, as a decimal string.</param>
/// <param name="Count">Number of its sightings.</param>
/// <param name="LeftAt">When the transaction was found to have left the pool of the source; null while it is there, and for a peer, whose pool cannot be checked.</param>
public sealed record SightingPart(string Source, ulong FirstSeq, string FirstTime, string AfterFirstNs, int Count, string? LeftAt);
