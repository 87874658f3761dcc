using System.Text.Json;
using Mempulse.Client.Text;
using Mempulse.Features.Decoding;
using Mempulse.Features.Json;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Json;

namespace Mempulse.Api.Decoding;

/// <summary>A call that owns its calldata.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Block">The block whose entries of the registry hold.</param>
/// <param name="Sender">The account that calls.</param>
/// <param name="Target">The contract that is called; null if one is created.</param>
/// <param name="Value">The ether that is sent, in wei.</param>
/// <param name="Data">The calldata.</param>
internal sealed record DecodedCall(ChainId Chain, BlockNumber Block, Address Sender, Address? Target, UInt256 Value, ReadOnlyMemory<byte> Data)
{
    /// <summary>The newest entries of the registry.</summary>
    public static BlockNumber Newest { get; } = new(ulong.MaxValue);

    /// <summary>Decodes the call.</summary>
    /// <param name="basis">What it is decoded by.</param>
    /// <param name="delegates">Whose code accounts run, as far as it is known.</param>
    public DecodeTree Decode(DecodeBasis basis, DelegatedCodes delegates)
    {
        var tree = new DecodeTree();
        var request = new CallRequest { Chain = Chain, Block = Block, Sender = Sender, Target = Target, Value = Value, Data = Data.Span, Delegates = delegates };
        new CallDecoder(basis.Registry).Decode(request, tree);
        return tree;
    }

    /// <summary>Decodes the call without state, as JSON.</summary>
    public RawJson ToJson(DecodeBasis basis) => ToJson(basis, Decode(basis, DelegatedCodes.None));

    /// <summary>A tree of this call as JSON.</summary>
    public RawJson ToJson(DecodeBasis basis, DecodeTree tree)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, EventJson.WriterOptions))
        {
            DecodeJson.Write(json, tree, new TradeReader().Read(tree, basis.Registry.WrappedEther(Chain)), Data.Span, basis.Trust);
        }

        return new RawJson(buffer.ToArray());
    }
}
