using System.Net;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Folding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Observations;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A near peer and a distant one that also loses announcements: the figures reflect both.</summary>
public sealed class DistantPeersTests
{
    private const int AnnouncedByNear = 40;
    private const int AnnouncedByBoth = 30;
    private const int AnnouncedByFarOnly = 5;
    private const int Private = 3;
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(300);
    private static readonly ChainHead Head = new(new ForkPoint(24_000_000, 1_770_000_000), new Hash256([.. Enumerable.Repeat((byte)1, 32)]), default);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_seen_lead_and_coverage_reflect_the_distance_and_the_losses()
    {
        var all = Enumerable.Range(0, AnnouncedByNear + AnnouncedByFarOnly + Private).Select(i => MadeTx.Plain((ulong)i)).ToList();
        var pool = new FixedPool(all);
        await using var near = NewRuntime(pool, []);
        await using var far = NewRuntime(pool, []);
        near.Start();
        far.Start();
        await using var cable = new DelayingProxy(far.Self.TcpEndPoint, Distance);
        var sink = new RecordingSink();
        var runtime = NewRuntime(new EmptyPool(), [near.Self, new Enode(far.Self.Id, IPAddress.Loopback, cable.Port, cable.Port)]);
        await using var lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), runtime, sink, TimeProvider.System);
        await lane.StartAsync(Token);
        await Until.TrueAsync(() => near.Peers.Count == 1 && far.Peers.Count == 1 && runtime.Peers.Count == 2, "both are peers");

        Announce(far, runtime, [.. all.Take(AnnouncedByBoth), .. all.Skip(AnnouncedByNear).Take(AnnouncedByFarOnly)]);
        Announce(near, runtime, [.. all.Take(AnnouncedByNear)]);

        const int announced = AnnouncedByNear + AnnouncedByFarOnly;
        await Until.TrueAsync(() => lane.ReadStatus().DecodedCount == announced, "all bodies");
        await Until.TrueAsync(() => lane.ReadStatus().Sources.Sum(source => source.SightingCount) == AnnouncedByNear + AnnouncedByBoth + AnnouncedByFarOnly + announced, "all sightings");
        var view = Fold(sink, all);
        await lane.StopAsync(Token);
        Check(view, PeerName.Of(near.Self.Id), PeerName.Of(far.Self.Id));
    }

    private static void Check(IObservationView view, string nearName, string farName)
    {
        var figures = view.Propagation(IObservationView.MaxWindowMinutes);
        var near = figures.Sources.Single(source => source.Name == nearName);
        var far = figures.Sources.Single(source => source.Name == farName);
        Assert.Equal(((ulong)AnnouncedByNear, (ulong)AnnouncedByFarOnly), (near.Firsts, far.Firsts));
        Assert.Equal(((ulong)AnnouncedByNear, (ulong)(AnnouncedByBoth + AnnouncedByFarOnly)), (near.Shown, far.Shown));
        Assert.Equal((AnnouncedByBoth, AnnouncedByBoth), ((int)near.Lead.Count, (int)far.Delay.Count));
        ulong least = (ulong)(Distance.TotalMicroseconds / 2); // one way, minus the time of the near peer's own message
        Assert.All(near.Lead.Buckets, bucket => Assert.True(bucket.Below > least, $"a lead below {bucket.Below} us"));
        Assert.Equal((AnnouncedByNear + AnnouncedByFarOnly + Private, Private), ((int)figures.Included, (int)figures.Unseen));
        Assert.Equal((AnnouncedByNear, AnnouncedByBoth + AnnouncedByFarOnly), ((int)near.Covered, (int)far.Covered));
        Assert.Equal((figures.Included, figures.Included), (near.Coverable, far.Coverable));
    }

    /// <summary>What the lane appended, followed by a block with all transactions.</summary>
    private static IObservationView Fold(RecordingSink sink, IReadOnlyList<MadeTx> all)
    {
        var engine = FoldComposition.Default.Create(new ChainId(1));
        var records = new RecordEnumerator(new GlobalSeq(1), sink.Bytes());
        var last = GlobalSeq.None;
        UnixNanoseconds at = default;
        while (records.MoveNext())
        {
            engine.Apply(records.Current);
            (last, at) = (records.Current.Seq, records.Current.Timestamp);
        }

        var batch = new EventBatch(LaneId.Of("blocks"));
        batch.Add(BlockOf(all), RecordMeta.Fact(LaneId.Of("blocks"), 1, new UnixNanoseconds(at.Value + 1_000_000), default));
        engine.Apply(new SequencedBatch(new Epoch(1), last.Next, 1, last.Next, batch.Records));
        return engine.Observations;
    }

    private static LogEvent.BlockObserved BlockOf(IReadOnlyList<MadeTx> all) => new()
    {
        Hash = Head.Hash,
        Number = new BlockNumber(1),
        ParentHash = default,
        TimestampSeconds = 1_770_000_000,
        BaseFeePerGas = default,
        GasUsed = default,
        GasLimit = default,
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [.. all.Select((tx, index) => new BlockTx(tx.Hash, default, new Nonce((ulong)index), ExecutionOutcome.Succeeded, default, default))],
        AuthorityNonces = [],
    };

    private static void Announce(P2pRuntime from, P2pRuntime to, IReadOnlyList<MadeTx> transactions) => Assert.True(from.TrySend(
        to.Self.Id,
        new EthMessage.NewPooledTransactionHashes(
            transactions.Select(tx => tx.Type).ToArray(), transactions.Select(tx => tx.SizeBytes).ToArray(), transactions.Select(tx => tx.Hash).ToArray())));

    private static P2pRuntime NewRuntime(IPoolContent pool, IReadOnlyList<Enode> peers) => new(
        new P2pOptions { Forks = KnownChains.Mainnet, Head = Head, Key = NodeKey.Create(), StaticPeers = peers }, pool, TimeProvider.System);

    private sealed class FixedPool(IReadOnlyList<MadeTx> transactions) : IPoolContent
    {
        public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
        {
            body = transactions.FirstOrDefault(tx => tx.Hash == hash)?.Raw ?? default;
            return !body.IsEmpty;
        }
    }
}
