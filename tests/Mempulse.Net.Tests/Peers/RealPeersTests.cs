using Mempulse.Devp2p;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>The lane over the real runtime: sockets, handshakes, eth/69.</summary>
public sealed class RealPeersTests
{
    private static readonly ChainHead Head = new(new ForkPoint(24_000_000, 1_770_000_000), new Hash256([.. Enumerable.Repeat((byte)1, 32)]), default);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_peers_announce_the_same_transactions_and_each_body_is_fetched_once()
    {
        var pool = new MadePool([.. Enumerable.Range(0, 40).Select(i => MadeTx.Plain((ulong)i)), MadeTx.Blob(100)]);
        await using var first = NewRuntime(pool, []);
        await using var second = NewRuntime(pool, []);
        first.Start();
        second.Start();
        var sink = new RecordingSink();
        var runtime = NewRuntime(new EmptyPool(), [first.Self, second.Self]);
        await using var lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), runtime, sink, TimeProvider.System);
        await lane.StartAsync(Token);
        await Until.TrueAsync(() => first.Peers.Count == 1 && second.Peers.Count == 1 && runtime.Peers.Count == 2, "both are peers");

        pool.AnnounceTo(first, runtime.Self.Id);
        pool.AnnounceTo(second, runtime.Self.Id);

        await Until.TrueAsync(() => lane.ReadStatus().DecodedCount == pool.All.Count, "all bodies");
        await Until.TrueAsync(() => lane.ReadStatus().Sources.Sum(source => source.SightingCount) == 3 * pool.All.Count, "all sightings");
        await lane.StopAsync(Token);
        var events = sink.Events();
        Assert.Equal(2, events.OfType<LogEvent.PeerConnected>().Count());
        Assert.Equal(2, events.OfType<LogEvent.PeerLost>().Count(lost => lost.Reason == SourceLossReason.Shutdown));
        Assert.Equal(2 * pool.All.Count, events.OfType<LogEvent.TxSeen>().Count(seen => seen.Via == SightingVia.PeerAnnouncement));
        Assert.Equal(pool.All.Count, events.OfType<LogEvent.TxSeen>().Count(seen => seen.Via == SightingVia.PeerDelivery));
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    private static P2pRuntime NewRuntime(IPoolContent pool, IReadOnlyList<Enode> peers) => new(
        new P2pOptions { Forks = KnownChains.Mainnet, Head = Head, Key = NodeKey.Create(), StaticPeers = peers }, pool, TimeProvider.System);

    private sealed class MadePool(IReadOnlyList<MadeTx> transactions) : IPoolContent
    {
        public IReadOnlyList<MadeTx> All => transactions;

        public void AnnounceTo(P2pRuntime from, NodeId to) => Assert.True(from.TrySend(to, new EthMessage.NewPooledTransactionHashes(
            All.Select(tx => tx.Type).ToArray(), All.Select(tx => tx.SizeBytes).ToArray(), All.Select(tx => tx.Hash).ToArray())));

        public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
        {
            body = All.FirstOrDefault(tx => tx.Hash == hash)?.Raw ?? default;
            return !body.IsEmpty;
        }
    }
}
