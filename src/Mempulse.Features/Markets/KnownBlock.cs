using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>What a block says of itself.</summary>
/// <param name="Hash">The block.</param>
/// <param name="Time">Its time in Unix seconds.</param>
/// <param name="IsEmpty">True if it has no transactions.</param>
internal readonly record struct KnownBlock(Hash256 Hash, ulong Time, bool IsEmpty);
