using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Trades;

/// <summary>Decodes calls and reads what they trade. Buffers are reused; confined to its caller.</summary>
internal sealed class CallTrades
{
    private readonly TradeReader _reader = new();
    private ContractRegistry? _registry;
    private ChainId _chain;
    private CallDecoder? _decoder;

    /// <summary>The last call that was decoded.</summary>
    public DecodeTree Tree { get; } = new();

    /// <summary>The wrapped ether of its chain; null if its registry does not name it.</summary>
    public Address? WrappedEther { get; private set; }

    /// <summary>Decodes a call.</summary>
    /// <returns>Its trades; valid until the next call.</returns>
    public IReadOnlyList<Trade> Read(ContractRegistry registry, in CallRequest call)
    {
        if (_decoder is null || !ReferenceEquals(_registry, registry) || _chain != call.Chain)
        {
            (_registry, _chain, _decoder, WrappedEther) = (registry, call.Chain, new CallDecoder(registry), registry.WrappedEther(call.Chain));
        }

        _decoder.Decode(call, Tree);
        return _reader.Read(Tree, WrappedEther);
    }
}
