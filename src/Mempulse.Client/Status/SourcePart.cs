namespace Mempulse.Client.Status;

/// <summary>A source on record.</summary>
/// <param name="Id">Its id, in hex.</param>
/// <param name="Name">Its name; empty until it is on record.</param>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Synthetic">Whether its arrival times are synthetic.</param>
/// <param name="Sightings">All its sightings.</param>
/// <param name="Firsts">Transactions that it was the first to announce.</param>
public sealed record SourcePart(string Id, string Name, bool Connected, bool Synthetic, ulong Sightings, ulong Firsts);
