using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>A pool that has nothing: every request gets an empty answer.</summary>
public sealed class EmptyPool : IPoolContent
{
    /// <inheritdoc/>
    public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
    {
        body = default;
        return false;
    }
}
