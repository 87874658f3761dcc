using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>Compresses the codes of contracts, and keeps those that were compressed last: simulations read the same ones again and again.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="maxBytes">The maximum number of compressed bytes that are kept; the oldest leave first.</param>
internal sealed class PreparedCodes(int maxBytes = PreparedCodes.DefaultMaxBytes)
{
    /// <summary>The codes of about a thousand contracts.</summary>
    private const int DefaultMaxBytes = 8 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, PreparedContent> _kept = [];
    private readonly Queue<Hash256> _order = new();
    private long _sizeBytes;

    /// <summary>The bytes that are kept.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_gate)
            {
                return _sizeBytes;
            }
        }
    }

    /// <summary>Returns a code as it is stored.</summary>
    public PreparedContent Of(SimCode code)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(code.Hash, out var kept))
            {
                return kept;
            }
        }

        var prepared = PreparedContent.Of(ContentKind.Code, code.Bytes.Span, code.Hash);
        lock (_gate)
        {
            if (_kept.TryAdd(code.Hash, prepared))
            {
                _order.Enqueue(code.Hash);
                _sizeBytes += prepared.StoredBytes;
                while (_sizeBytes > maxBytes)
                {
                    _kept.Remove(_order.Dequeue(), out var oldest);
                    _sizeBytes -= oldest!.StoredBytes;
                }
            }
        }

        return prepared;
    }
}
