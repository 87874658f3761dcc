namespace Mempulse.Client.Listing;

/// <summary>Number of waiting transactions by state.</summary>
/// <param name="Seen">Only the hash is known.</param>
/// <param name="Pending">A block can include it.</param>
/// <param name="Queued">A nonce before it is missing.</param>
/// <param name="Left">No source whose pool is checked still has it.</param>
public sealed record MempoolStatesPart(int Seen, int Pending, int Queued, int Left);
