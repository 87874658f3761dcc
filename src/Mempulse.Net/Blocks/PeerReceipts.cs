using Mempulse.Devp2p;
using Mempulse.Devp2p.Sessions;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Net.Peers;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>The peers of a chain as a source of receipts for its block follower, which asks them for what a node did not return.</summary>
/// <remarks>
/// A peer is believed only what the receiptsRoot proves, so peers are asked only about blocks whose receipts the root decides. Thread-safe; it does not own the
/// network.
/// </remarks>
public sealed class PeerReceipts
{
    private IP2pRuntime? _network;

    /// <summary>Asks the peers of this network from now on.</summary>
    public void ConnectTo(IP2pRuntime network) => Volatile.Write(ref _network, network);

    /// <summary>True if a peer can be asked about this block.</summary>
    internal bool CanAsk(VerifiedBlock block) =>
        Volatile.Read(ref _network) is { Peers.Count: > 0 } && block.Unverified == UnverifiedParts.None && block.Types.All(static type => TxTypes.IsKnown(type));

    /// <summary>Asks one peer, another one at each attempt.</summary>
    /// <returns>The receipts, or null with the problem in a sentence; and the peer's name as a source, empty if no peer is connected any more.</returns>
    internal async Task<(BlockReceipts? Receipts, string Problem, string Peer)> FetchAsync(VerifiedBlock block, int attempt, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _network) is not { Peers: [_, ..] peers } network)
        {
            return (null, "No peer is connected.", string.Empty);
        }

        var peer = peers[attempt % peers.Count].Id;
        var outcome = await network.RequestReceiptsAsync(peer, [block.Hash], cancellationToken).ConfigureAwait(false);
        if (outcome.Answer is not { Blocks: [var raw, ..] })
        {
            return (null, outcome.Status == RequestStatus.Answered ? "The peer does not have them." : $"The peer did not answer ({outcome.Status}).", PeerName.Of(peer));
        }

        var receipts = Verify(block, raw.Span, out string problem);
        if (receipts is null)
        {
            network.Penalize(peer, PeerOffence.InvalidReceipts);
        }

        return (receipts, problem, PeerName.Of(peer));
    }

    private static BlockReceipts? Verify(VerifiedBlock block, ReadOnlySpan<byte> raw, out string problem)
    {
        if (!PeerReceiptReader.TryRead(raw, out IReadOnlyList<RpcReceipt>? receipts, out var failure))
        {
            problem = failure.ToString();
            return null;
        }

        return ReceiptVerifier.Verify(block, receipts, out problem);
    }
}
