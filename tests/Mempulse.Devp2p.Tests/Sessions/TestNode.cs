using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>One of our nodes on loopback, with a listener that records every event.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private TestNode(P2pOptions options, IPoolContent pool, TimeProvider time)
    {
        Runtime = new P2pRuntime(options, pool, time);
        Runtime.Subscribe(Listener);
        Runtime.Start();
    }

    public P2pRuntime Runtime { get; }

    public RecordingListener Listener { get; } = new();

    /// <summary>A head after BPO2, so that no fork is pending.</summary>
    public static ChainHead Head { get; } = new(new ForkPoint(24_000_000, 1_770_000_000), new Hash256(Enumerable.Repeat((byte)1, 32).ToArray()), default);

    public static TestNode Start(Func<P2pOptions, P2pOptions>? change = null, IPoolContent? pool = null, TimeProvider? time = null)
    {
        var options = new P2pOptions { Forks = KnownChains.Mainnet, Head = Head, Key = NodeKey.Create() };
        return new TestNode(change?.Invoke(options) ?? options, pool ?? new EmptyPool(), time ?? TimeProvider.System);
    }

    public Task WaitForPeerAsync() => Until.TrueAsync(() => !Listener.Connected.IsEmpty, "a peer is connected");

    public async Task<PeerLoss> WaitForLossAsync()
    {
        await Until.TrueAsync(() => !Listener.Losses.IsEmpty, "the peer is lost");
        return Listener.Losses.First();
    }

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}
