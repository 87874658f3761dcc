using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>A body to be fetched.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Source">Index of the source to ask; the one that showed it, at first.</param>
/// <param name="Attempts">How often it was asked for.</param>
/// <param name="NotBefore">Timestamp of the clock before which it is not asked for again.</param>
internal readonly record struct BodyRequest(Hash256 Hash, int Source, int Attempts, long NotBefore);
