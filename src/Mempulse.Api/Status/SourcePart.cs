namespace Mempulse.Api.Status;

/// <summary>A source as the log tells of it.</summary>
/// <param name="Id">Its id, in hex.</param>
/// <param name="Name">Its name; empty until it is on record.</param>
/// <param name="Connected">It can be heard.</param>
/// <param name="Synthetic">Its arrival times were made, not measured.</param>
/// <param name="Sightings">All its sightings.</param>
/// <param name="Firsts">Transactions it showed before any other source.</param>
public sealed record SourcePart(string Id, string Name, bool Connected, bool Synthetic, ulong Sightings, ulong Firsts);
