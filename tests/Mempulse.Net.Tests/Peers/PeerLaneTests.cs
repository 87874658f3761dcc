using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Peers;

public sealed class PeerLaneTests : IAsyncLifetime
{
    private readonly ScriptedNetwork _network = new();
    private readonly RecordingSink _sink = new();
    private readonly PeerLane _lane;

    public PeerLaneTests() => _lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1), WantedBodies = 400 }, _network, _sink, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _lane.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _lane.DisposeAsync();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task A_first_announcement_is_asked_for_at_once_and_announcement_and_delivery_are_sightings()
    {
        var peer = _network.Connect();
        var tx = MadeTx.Plain(0);

        _network.Announce(peer, tx);
        var request = Assert.Single(_network.Requests); // no timer has to fire
        request.Deliver(tx);

        var events = await StopAsync(decoded: 1);
        var connected = Assert.IsType<LogEvent.PeerConnected>(events[0]);
        Assert.Equal(("p2p", "Scripted/v1", 69UL, false), (connected.Lane, connected.Client, connected.EthVersion, connected.IsInbound));
        Assert.Equal(PeerSource.NameOf(peer.Id.ComputeHash()), connected.Name);
        Assert.Equal([SightingVia.PeerAnnouncement, SightingVia.PeerDelivery], events.OfType<LogEvent.TxSeen>().Select(seen => seen.Via));
        Assert.Equal(tx.Hash, Assert.Single(events.OfType<LogEvent.TxDecoded>()).Hash);
        Assert.Equal(SourceLossReason.Shutdown, Assert.IsType<LogEvent.PeerLost>(events[^1]).Reason);
    }

    [Theory]
    [InlineData(RequestStatus.Answered)]
    [InlineData(RequestStatus.TimedOut)]
    [InlineData(RequestStatus.PeerGone)]
    [InlineData(RequestStatus.TooManyPending)]
    public async Task A_body_is_asked_of_one_peer_at_a_time_and_of_the_next_announcer_when_that_one_fails(RequestStatus failure)
    {
        var (first, second) = (_network.Connect(), _network.Connect());
        var tx = MadeTx.Plain(0);
        _network.Announce(first, tx);
        _network.Announce(second, tx);
        _network.Announce(second, tx);
        var refused = Assert.Single(_network.Requests);

        if (failure == RequestStatus.Answered)
        {
            refused.Deliver();
        }
        else
        {
            refused.End(failure);
        }

        await Until.TrueAsync(() => _network.Requests.Count == 2, "the second is asked");
        Assert.Equal([first.Id, second.Id], _network.Requests.Select(request => request.Peer));
        _network.Requests[1].Deliver(tx);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(4, events.OfType<LogEvent.TxSeen>().Count());
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    [Fact]
    public async Task What_nobody_delivers_is_a_drop_and_is_asked_for_again_when_it_is_announced_again()
    {
        var peer = _network.Connect();
        var tx = MadeTx.Plain(0);
        _network.Announce(peer, tx);
        _network.Requests[0].Deliver();
        await DroppedAsync(DropReason.BodyUnavailable, 1);

        _network.Announce(peer, tx);

        Assert.Equal(2, _network.Requests.Count);
        _network.Requests[1].Deliver(tx);
        var events = await StopAsync(decoded: 1);
        Assert.Equal((tx.Hash, 1UL), Assert.Single(Drops(events, DropReason.BodyUnavailable)));
    }

    [Fact]
    public async Task What_is_known_is_not_asked_for_and_seen_all_the_same()
    {
        var peer = _network.Connect();
        var tx = MadeTx.Plain(0);
        _network.Broadcast(peer, tx);

        _network.Announce(_network.Connect(), tx);
        _network.Broadcast(peer, tx);

        Assert.Empty(_network.Requests);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(
            [SightingVia.PeerGossip, SightingVia.PeerAnnouncement, SightingVia.PeerGossip], events.OfType<LogEvent.TxSeen>().Select(seen => seen.Via));
    }

    [Fact]
    public async Task A_broadcast_settles_what_another_peer_was_asked_for()
    {
        var (asked, other) = (_network.Connect(), _network.Connect());
        var tx = MadeTx.Plain(0);
        _network.Announce(asked, tx);

        _network.Broadcast(other, tx);
        _network.Requests[0].End(RequestStatus.TimedOut);

        var events = await StopAsync(decoded: 1);
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    [Fact]
    public async Task Requests_are_cut_by_announced_sizes_and_blobs_are_asked_for_one_by_one_beside_them()
    {
        var peer = _network.Connect();
        var plain = Enumerable.Range(0, 20).Select(i => MadeTx.Plain((ulong)i, inputBytes: 10_000)).ToList();
        MadeTx[] blobs = [MadeTx.Blob(100), MadeTx.Blob(101), MadeTx.Blob(102)];

        _network.Announce(peer, [.. plain, .. blobs]);

        Assert.Equal([12, 8, 1, 1], _network.Requests.Select(request => request.Hashes.Count)); // 128 KiB; then two blobs at a time
        Assert.Equal(blobs[..2].Select(blob => blob.Hash), _network.Requests.Skip(2).Select(request => request.Hashes[0]));
        _network.Requests[2].Deliver(blobs[0]);
        await Until.TrueAsync(() => _network.Requests.Count == 5, "the third blob is asked for");
        _network.Requests[3].Deliver(blobs[1]);
        _network.Requests[4].Deliver(blobs[2]);
        _network.Requests[0].Deliver(plain[..12]);
        _network.Requests[1].Deliver(plain[12..]);
        await StopAsync(decoded: 23);
        Assert.Empty(_network.Offences);
    }

    [Fact]
    public async Task A_peer_that_delivers_something_else_is_blamed_and_the_next_one_asked()
    {
        var (liar, honest) = (_network.Connect(), _network.Connect());
        MadeTx[] wanted = [MadeTx.Plain(0), MadeTx.Plain(1)];
        _network.Announce(liar, wanted);
        _network.Announce(honest, wanted);

        _network.Requests[0].Deliver(wanted[0], MadeTx.Plain(2), wanted[1]);

        await Until.TrueAsync(() => _network.Requests.Count == 2, "the honest one is asked");
        Assert.Equal([wanted[1].Hash], _network.Requests[1].Hashes);
        Assert.Equal([(liar.Id, PeerOffence.AnnouncementMismatch)], _network.Offences);
        _network.Requests[1].Deliver(wanted[1]);
        var events = await StopAsync(decoded: 2);
        Assert.Equal((MadeTx.Plain(2).Hash, 1UL), Assert.Single(Drops(events, DropReason.InvalidProtocol)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 9)]
    public async Task A_body_of_another_type_or_size_than_announced_is_taken_and_its_peer_blamed(int typeError, int sizeError)
    {
        var peer = _network.Connect();
        var tx = MadeTx.Plain(0);
        _network.Announce(peer, [(byte)(tx.Type - typeError)], [tx.SizeBytes + (uint)sizeError], [tx.Hash]);

        _network.Requests[0].Deliver(tx);

        await StopAsync(decoded: 1);
        Assert.Equal([(peer.Id, PeerOffence.AnnouncementMismatch)], _network.Offences);
    }

    [Fact]
    public async Task A_body_that_is_invalid_whoever_sends_it_is_a_drop_its_peers_are_blamed_and_it_is_asked_for_no_more()
    {
        var (first, second) = (_network.Connect(), _network.Connect());
        MadeTx[] bad = [MadeTx.Plain(0, chain: 5), MadeTx.Unsigned(0)];
        _network.Announce(first, bad);
        _network.Requests[0].Deliver(bad);
        await Until.TrueAsync(() => _network.Offences.Count == 2, "blamed");

        _network.Announce(second, bad);
        _network.Broadcast(second, bad[0]);

        Assert.Single(_network.Requests);
        Assert.Equal(
            [(first.Id, PeerOffence.InvalidTransaction), (first.Id, PeerOffence.InvalidTransaction), (second.Id, PeerOffence.InvalidTransaction)], _network.Offences);
        var events = await StopAsync(decoded: 0);
        Assert.Equal(4, events.OfType<LogEvent.TxSeen>().Count(seen => seen.Via == SightingVia.PeerAnnouncement));
    }

    [Fact]
    public async Task Blobs_and_garbage_are_never_taken_from_a_broadcast()
    {
        var peer = _network.Connect();

        _network.Broadcast(peer, MadeTx.Blob(0), new MadeTx(default, 0, 1, new byte[] { 0x80 }));

        Assert.Equal(2, _network.Offences.Count(offence => offence == (peer.Id, PeerOffence.InvalidTransaction)));
        var events = await StopAsync(decoded: 0);
        Assert.Equal(2UL, Drops(events, DropReason.InvalidProtocol).Aggregate(0UL, (sum, drop) => sum + drop.Count));
    }

    [Fact]
    public async Task What_a_throttled_peer_was_not_heard_with_is_counted_exactly()
    {
        var peer = _network.Connect();

        _network.Throttle(peer, 700);
        _network.Throttle(peer, 31);

        var events = await StopAsync(decoded: 0);
        Assert.Equal(731UL, Drops(events, DropReason.PeerThrottled).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        Assert.Equal(731, _lane.ReadStatus().Drops.Single(drop => drop.Reason == DropReason.PeerThrottled).Count);
    }

    [Fact]
    public async Task What_waited_for_a_peer_that_leaves_is_asked_of_others_or_dropped_on_record()
    {
        var (leaving, staying) = (_network.Connect(), _network.Connect());
        var both = MadeTx.Blob(0);
        _network.Announce(leaving, MadeTx.Blob(1), MadeTx.Blob(2), both, MadeTx.Blob(3));
        _network.Announce(staying, both);

        _network.Lose(leaving);

        await Until.TrueAsync(() => _network.Requests.Any(request => request.Peer == staying.Id), "the other is asked");
        Assert.Equal([both.Hash], _network.Requests.Single(request => request.Peer == staying.Id).Hashes);
        _network.Requests.Single(request => request.Peer == staying.Id).Deliver(both);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(3UL, Drops(events, DropReason.BodyUnavailable).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        var lost = events.OfType<LogEvent.PeerLost>().First();
        Assert.Equal((SourceLossReason.Closed, (ulong)DisconnectReason.TooManyPeers, true), (lost.Reason, lost.ProtocolReason, lost.IsByPeer));
    }

    [Fact]
    public async Task More_than_may_be_wanted_is_a_drop_with_the_exact_count()
    {
        var peer = _network.Connect();
        var hashes = Enumerable.Range(0, 1_000).Select(i => new Hash256([.. new byte[30], (byte)(i >> 8), (byte)(i & 0xff)])).ToArray();

        _network.Announce(peer, new byte[1_000], [.. Enumerable.Repeat(200u, 1_000)], hashes);

        var events = await StopAsync(decoded: 0);
        Assert.Equal(600UL, Drops(events, DropReason.QueueFull).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        Assert.Equal(400UL, Drops(events, DropReason.BodyUnavailable).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        Assert.Equal(1_000, events.OfType<LogEvent.TxSeen>().Count());
    }

    [Fact]
    public async Task A_lane_that_never_had_a_peer_says_that_it_hears_nothing_once_its_first_minutes_are_over()
    {
        var time = new FakeTimeProvider();
        await using var network = new ScriptedNetwork();
        await using var lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, network, new RecordingSink(), time);

        Assert.Empty(lane.ReadStatus().Sources);
        time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal((false, "p2p"), (Assert.Single(lane.ReadStatus().Sources).IsConnected, Assert.Single(lane.ReadStatus().Sources).Name));
    }

    [Fact]
    public async Task Without_a_peer_that_it_had_the_lane_says_that_it_hears_nothing()
    {
        var peer = _network.Connect();
        Assert.True(Assert.Single(_lane.ReadStatus().Sources).IsConnected);

        _network.Lose(peer, DisconnectReason.Timeout, isByPeer: false);

        var status = Assert.Single(_lane.ReadStatus().Sources);
        Assert.False(status.IsConnected);
        Assert.Contains("Silent", status.LastLoss, StringComparison.Ordinal);
        await StopAsync(decoded: 0);
    }

    private static List<(Hash256 First, ulong Count)> Drops(IEnumerable<LogEvent> events, DropReason reason) =>
        [.. events.OfType<LogEvent.TxIngestDropped>().Where(drop => drop.Reason == reason).Select(drop => (drop.First, drop.Count))];

    private Task DroppedAsync(DropReason reason, long count) =>
        Until.TrueAsync(() => _lane.ReadStatus().Drops.Any(drop => drop.Reason == reason && drop.Count == count), $"{count} dropped for {reason}");

    private async Task<List<LogEvent>> StopAsync(int decoded)
    {
        await Until.TrueAsync(() => _lane.ReadStatus().DecodedCount == decoded, $"{decoded} decoded");
        await _lane.StopAsync(Token);
        return _sink.Events();
    }
}
