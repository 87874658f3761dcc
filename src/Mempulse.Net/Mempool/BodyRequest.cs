using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>A body to fetch.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Source">Index of the source to ask, at first the one that announced it.</param>
/// <param name="Attempts">Number of attempts so far.</param>
/// <param name="NotBefore">Clock timestamp before which it is not requested again.</param>
internal readonly record struct BodyRequest(Hash256 Hash, int Source, int Attempts, long NotBefore);
