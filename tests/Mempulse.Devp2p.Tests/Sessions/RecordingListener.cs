using System.Collections.Concurrent;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Sessions;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>Records every event.</summary>
internal sealed class RecordingListener : IPeerListener
{
    private int _throttledItems;

    public ConcurrentQueue<PeerDescription> Connected { get; } = new();

    public ConcurrentQueue<EthMessage> Messages { get; } = new();

    public ConcurrentQueue<PeerLoss> Losses { get; } = new();

    public int ThrottledItems => _throttledItems;

    public void PeerConnected(PeerDescription peer) => Connected.Enqueue(peer);

    public void MessageReceived(PeerDescription peer, EthMessage message) => Messages.Enqueue(message);

    public void PeerThrottled(PeerDescription peer, int droppedItems) => Interlocked.Add(ref _throttledItems, droppedItems);

    public ConcurrentQueue<DialledNode> FailedDials { get; } = new();

    public void DialFailed(DialledNode node) => FailedDials.Enqueue(node);

    public void PeerLost(PeerDescription peer, PeerLoss loss) => Losses.Enqueue(loss);
}
