namespace Mempulse.Api.Transactions;

/// <summary>How one source showed a transaction.</summary>
/// <param name="Source">The source by name, or by id while its name is not known.</param>
/// <param name="FirstSeq">The event of its first sighting.</param>
/// <param name="FirstTime">When that was.</param>
/// <param name="AfterFirstNs">Nanoseconds after the very first sighting, as a decimal string.</param>
/// <param name="Count">All its sightings.</param>
public sealed record SightingPart(string Source, ulong FirstSeq, string FirstTime, string AfterFirstNs, int Count);
