using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>What peers can be given of a pool.</summary>
/// <remarks>Used by several threads at once.</remarks>
public interface IPoolContent
{
    /// <summary>The transaction in network form, or false: the peer then gets an answer without it.</summary>
    bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body);
}
