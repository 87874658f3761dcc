using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A request from the lane to a peer, which the test answers at any time.</summary>
internal sealed class ScriptedRequest(NodeId peer, IReadOnlyList<Hash256> hashes)
{
    private readonly TaskCompletionSource<RequestOutcome<EthMessage.PooledTransactions>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeId Peer => peer;

    public IReadOnlyList<Hash256> Hashes => hashes;

    public Task<RequestOutcome<EthMessage.PooledTransactions>> Outcome => _outcome.Task;

    public bool IsOpen => !_outcome.Task.IsCompleted;

    public void Deliver(params IReadOnlyList<MadeTx> transactions) => DeliverRaw([.. transactions.Select(tx => tx.Raw)]);

    public void DeliverRaw(params IReadOnlyList<ReadOnlyMemory<byte>> bodies) =>
        _outcome.TrySetResult(new RequestOutcome<EthMessage.PooledTransactions>(RequestStatus.Answered, new EthMessage.PooledTransactions(1, bodies)));

    public void End(RequestStatus status) => _outcome.TrySetResult(new RequestOutcome<EthMessage.PooledTransactions>(status, null));
}
