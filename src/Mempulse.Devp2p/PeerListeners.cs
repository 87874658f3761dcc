using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Sessions;

namespace Mempulse.Devp2p;

/// <summary>Forwards each event to every subscriber, in the order of subscription.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeerListeners : IPeerListener
{
    private readonly Lock _gate = new();
    private volatile IPeerListener[] _subscribers = [];

    public IDisposable Add(IPeerListener listener)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers, listener];
        }

        return new Subscription(this, listener);
    }

    public void PeerConnected(PeerDescription peer)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.PeerConnected(peer);
        }
    }

    public void MessageReceived(PeerDescription peer, EthMessage message)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.MessageReceived(peer, message);
        }
    }

    public void PeerThrottled(PeerDescription peer, int droppedItems)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.PeerThrottled(peer, droppedItems);
        }
    }

    public void PeerLost(PeerDescription peer, PeerLoss loss)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.PeerLost(peer, loss);
        }
    }

    public void DialFailed(DialledNode node)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.DialFailed(node);
        }
    }

    private void Remove(IPeerListener listener)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers.Where(subscriber => !ReferenceEquals(subscriber, listener))];
        }
    }

    private sealed class Subscription(PeerListeners owner, IPeerListener listener) : IDisposable
    {
        public void Dispose() => owner.Remove(listener);
    }
}
