using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>A pool without transactions: every request is answered with an empty list.</summary>
public sealed class EmptyPool : IPoolContent
{
    /// <inheritdoc/>
    public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
    {
        body = default;
        return false;
    }
}
