using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The pool transactions that peers can request.</summary>
/// <remarks>Called concurrently; implementations must be thread-safe.</remarks>
public interface IPoolContent
{
    /// <summary>Gets a transaction in network form; false when unknown, and the response omits it.</summary>
    bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body);
}
