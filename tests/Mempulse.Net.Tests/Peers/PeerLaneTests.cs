using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Ethereum.Hashing;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Peers;

public sealed class PeerLaneTests() : ScriptedLane(new PeerLaneOptions { Chain = new ChainId(1), WantedBodies = 400 })
{
    [Fact]
    public async Task A_first_announcement_is_requested_immediately_and_announcement_and_delivery_are_sightings()
    {
        var peer = Network.Connect();
        var tx = MadeTx.Plain(0);

        Network.Announce(peer, tx);
        var request = Assert.Single(Network.Requests); // no timer has to fire
        request.Deliver(tx);

        var events = await StopAsync(decoded: 1);
        Assert.Equal(("p2p", DialFailureReason.NoPeerYet, true), LaneStart(events[0]));
        var connected = Assert.IsType<LogEvent.PeerConnected>(events[1]);
        Assert.Equal(("p2p", "Scripted/v1", 69UL, false), (connected.Lane, connected.Client, connected.EthVersion, connected.IsInbound));
        Assert.Equal(PeerName.Of(peer.Id), connected.Name);
        Assert.Equal([SightingVia.PeerAnnouncement, SightingVia.PeerDelivery], events.OfType<LogEvent.TxSeen>().Select(seen => seen.Via));
        Assert.Equal(tx.Hash, Assert.Single(events.OfType<LogEvent.TxDecoded>()).Hash);
        Assert.Equal(SourceLossReason.Shutdown, Assert.IsType<LogEvent.PeerLost>(events[^1]).Reason);
    }

    [Theory]
    [InlineData(RequestStatus.Answered)]
    [InlineData(RequestStatus.TimedOut)]
    [InlineData(RequestStatus.PeerGone)]
    [InlineData(RequestStatus.TooManyPending)]
    public async Task A_body_is_requested_from_one_peer_at_a_time_and_from_the_next_announcer_after_a_failure(RequestStatus failure)
    {
        var (first, second) = (Network.Connect(), Network.Connect());
        var tx = MadeTx.Plain(0);
        Network.Announce(first, tx);
        Network.Announce(second, tx);
        Network.Announce(second, tx);
        var refused = Assert.Single(Network.Requests);

        if (failure == RequestStatus.Answered)
        {
            refused.Deliver();
        }
        else
        {
            refused.End(failure);
        }

        await Until.TrueAsync(() => Network.Requests.Count == 2, "the second is asked");
        Assert.Equal([first.Id, second.Id], Network.Requests.Select(request => request.Peer));
        Network.Requests[1].Deliver(tx);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(4, events.OfType<LogEvent.TxSeen>().Count());
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    [Fact]
    public async Task An_undelivered_body_is_a_drop_and_is_requested_again_on_the_next_announcement()
    {
        var peer = Network.Connect();
        var tx = MadeTx.Plain(0);
        Network.Announce(peer, tx);
        Network.Requests[0].Deliver();
        await DroppedAsync(DropReason.BodyUnavailable, 1);

        Network.Announce(peer, tx);

        Assert.Equal(2, Network.Requests.Count);
        Network.Requests[1].Deliver(tx);
        var events = await StopAsync(decoded: 1);
        Assert.Equal((tx.Hash, 1UL), Assert.Single(Drops(events, DropReason.BodyUnavailable)));
    }

    [Fact]
    public async Task A_known_body_is_not_requested_and_its_sighting_is_recorded()
    {
        var peer = Network.Connect();
        var tx = MadeTx.Plain(0);
        Network.Broadcast(peer, tx);

        Network.Announce(Network.Connect(), tx);
        Network.Broadcast(peer, tx);

        Assert.Empty(Network.Requests);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(
            [SightingVia.PeerGossip, SightingVia.PeerAnnouncement, SightingVia.PeerGossip], events.OfType<LogEvent.TxSeen>().Select(seen => seen.Via));
    }

    [Fact]
    public async Task A_body_recorded_by_another_lane_is_requested_only_if_the_log_refused_it()
    {
        var peer = Network.Connect();
        var (kept, lost) = (MadeTx.Plain(0), MadeTx.Plain(1));
        Assert.True(Decoded.TryTake(kept.Hash) && Decoded.TryTake(lost.Hash));

        Network.Announce(peer, kept);
        Network.Announce(peer, lost);
        Assert.Empty(Network.Requests);
        Decoded.Lost(lost.Hash);
        Network.Announce(peer, kept);
        Network.Announce(peer, lost);

        Assert.Single(Network.Requests).Deliver(lost);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(5, events.OfType<LogEvent.TxSeen>().Count());
        Assert.Equal(lost.Hash, Assert.Single(events.OfType<LogEvent.TxDecoded>()).Hash);
    }

    [Fact]
    public async Task A_broadcast_completes_a_request_to_another_peer()
    {
        var (asked, other) = (Network.Connect(), Network.Connect());
        var tx = MadeTx.Plain(0);
        Network.Announce(asked, tx);

        Network.Broadcast(other, tx);
        Network.Requests[0].End(RequestStatus.TimedOut);

        var events = await StopAsync(decoded: 1);
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    [Fact]
    public async Task Requests_are_split_by_announced_size_and_blobs_are_requested_individually()
    {
        var peer = Network.Connect();
        var plain = Enumerable.Range(0, 20).Select(i => MadeTx.Plain((ulong)i, inputBytes: 10_000)).ToList();
        MadeTx[] blobs = [MadeTx.Blob(100), MadeTx.Blob(101), MadeTx.Blob(102)];

        Network.Announce(peer, [.. plain, .. blobs]);

        Assert.Equal([12, 8, 1, 1], Network.Requests.Select(request => request.Hashes.Count)); // 128 KiB; then two blobs at a time
        Assert.Equal(blobs[..2].Select(blob => blob.Hash), Network.Requests.Skip(2).Select(request => request.Hashes[0]));
        Network.Requests[2].Deliver(blobs[0]);
        await Until.TrueAsync(() => Network.Requests.Count == 5, "the third blob is asked for");
        Network.Requests[3].Deliver(blobs[1]);
        Network.Requests[4].Deliver(blobs[2]);
        Network.Requests[0].Deliver(plain[..12]);
        Network.Requests[1].Deliver(plain[12..]);
        await StopAsync(decoded: 23);
        Assert.Empty(Network.Offences);
    }

    [Fact]
    public async Task A_peer_that_delivers_another_body_is_penalised_and_the_next_one_is_asked()
    {
        var (liar, honest) = (Network.Connect(), Network.Connect());
        MadeTx[] wanted = [MadeTx.Plain(0), MadeTx.Plain(1)];
        Network.Announce(liar, wanted);
        Network.Announce(honest, wanted);

        Network.Requests[0].Deliver(wanted[0], MadeTx.Plain(2), wanted[1]);

        await Until.TrueAsync(() => Network.Requests.Count == 2, "the honest one is asked");
        Assert.Equal([wanted[1].Hash], Network.Requests[1].Hashes);
        Assert.Equal([(liar.Id, PeerOffence.AnnouncementMismatch)], Network.Offences);
        Network.Requests[1].Deliver(wanted[1]);
        var events = await StopAsync(decoded: 2);
        Assert.Equal((MadeTx.Plain(2).Hash, 1UL), Assert.Single(Drops(events, DropReason.InvalidProtocol)));
    }

    [Fact]
    public async Task A_body_that_is_delivered_twice_in_one_answer_is_one_sighting_and_an_offence()
    {
        var peer = Network.Connect();
        MadeTx[] wanted = [MadeTx.Plain(0), MadeTx.Plain(1)];
        Network.Announce(peer, wanted);

        Network.Requests[0].Deliver(wanted[0], wanted[0]);

        var events = await StopAsync(decoded: 1);
        Assert.Equal([(peer.Id, PeerOffence.AnnouncementMismatch)], Network.Offences);
        Assert.Single(events.OfType<LogEvent.TxSeen>(), static seen => seen.Via == SightingVia.PeerDelivery);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 9)]
    public async Task A_body_of_another_type_or_size_than_announced_is_accepted_and_its_peer_penalised(int typeError, int sizeError)
    {
        var peer = Network.Connect();
        var tx = MadeTx.Plain(0);
        Network.Announce(peer, [(byte)(tx.Type - typeError)], [tx.SizeBytes + (uint)sizeError], [tx.Hash]);

        Network.Requests[0].Deliver(tx);

        await StopAsync(decoded: 1);
        Assert.Equal([(peer.Id, PeerOffence.AnnouncementMismatch)], Network.Offences);
    }

    [Fact]
    public async Task An_invalid_body_is_a_drop_its_peers_are_penalised_and_it_is_not_requested_again()
    {
        var (first, second) = (Network.Connect(), Network.Connect());
        MadeTx[] bad = [MadeTx.Plain(0, chain: 5), MadeTx.Unsigned(0)];
        Network.Announce(first, bad);
        Network.Requests[0].Deliver(bad);
        await Until.TrueAsync(() => Network.Offences.Count == 2, "blamed");

        Network.Announce(second, bad);
        Network.Broadcast(second, bad[0]);

        Assert.Single(Network.Requests);
        Assert.Equal(
            [(first.Id, PeerOffence.InvalidTransaction), (first.Id, PeerOffence.InvalidTransaction), (second.Id, PeerOffence.InvalidTransaction)], Network.Offences);
        var events = await StopAsync(decoded: 0);
        Assert.Equal(4, events.OfType<LogEvent.TxSeen>().Count(seen => seen.Via == SightingVia.PeerAnnouncement));
    }

    [Fact]
    public async Task A_transaction_of_a_later_fork_is_a_drop_without_an_offence_and_is_requested_at_its_next_announcement()
    {
        var (first, second) = (Network.Connect(), Network.Connect());
        byte[] raw = [5, 0xc0];
        var unknown = new MadeTx(Keccak256.Hash(raw), 5, (uint)raw.Length, raw);
        Network.Announce(first, unknown);
        Network.Requests[0].Deliver(unknown);
        await DroppedAsync(DropReason.DecodeFail, 1);

        Network.Announce(second, unknown);

        await Until.TrueAsync(() => Network.Requests.Count == 2, "it is asked for again");
        Assert.Empty(Network.Offences);
        await StopAsync(decoded: 0);
    }

    [Fact]
    public async Task Blobs_and_garbage_are_never_accepted_from_a_broadcast()
    {
        var peer = Network.Connect();

        Network.Broadcast(peer, MadeTx.Blob(0), new MadeTx(default, 0, 1, new byte[] { 0x80 }));

        Assert.Equal(2, Network.Offences.Count(offence => offence == (peer.Id, PeerOffence.InvalidTransaction)));
        var events = await StopAsync(decoded: 0);
        Assert.Equal(2UL, Drops(events, DropReason.InvalidProtocol).Aggregate(0UL, (sum, drop) => sum + drop.Count));
    }

    [Fact]
    public async Task Announcements_dropped_by_throttling_are_counted_exactly()
    {
        var peer = Network.Connect();

        Network.Throttle(peer, 700);
        Network.Throttle(peer, 31);

        var events = await StopAsync(decoded: 0);
        Assert.Equal(731UL, Drops(events, DropReason.PeerThrottled).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        Assert.Equal(731, Lane.ReadStatus().Drops.Single(drop => drop.Reason == DropReason.PeerThrottled).Count);
    }

    [Fact]
    public async Task Requests_to_a_lost_peer_move_to_others_or_are_recorded_as_drops()
    {
        var (leaving, staying) = (Network.Connect(), Network.Connect());
        var both = MadeTx.Blob(0);
        Network.Announce(leaving, MadeTx.Blob(1), MadeTx.Blob(2), both, MadeTx.Blob(3));
        Network.Announce(staying, both);

        Network.Lose(leaving);

        await Until.TrueAsync(() => Network.Requests.Any(request => request.Peer == staying.Id), "the other is asked");
        Assert.Equal([both.Hash], Network.Requests.Single(request => request.Peer == staying.Id).Hashes);
        Network.Requests.Single(request => request.Peer == staying.Id).Deliver(both);
        var events = await StopAsync(decoded: 1);
        Assert.Equal(3UL, Drops(events, DropReason.BodyUnavailable).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        var lost = events.OfType<LogEvent.PeerLost>().First();
        Assert.Equal((SourceLossReason.Closed, (ulong)DisconnectReason.TooManyPeers, true), (lost.Reason, lost.ProtocolReason, lost.IsByPeer));
    }

    [Fact]
    public async Task Bodies_over_the_request_limit_are_a_drop_with_the_exact_count()
    {
        var peer = Network.Connect();
        var hashes = Enumerable.Range(0, 1_000).Select(i => new Hash256([.. new byte[30], (byte)(i >> 8), (byte)(i & 0xff)])).ToArray();

        Network.Announce(peer, new byte[1_000], [.. Enumerable.Repeat(200u, 1_000)], hashes);

        var events = await StopAsync(decoded: 0);
        Assert.Equal(600UL, Drops(events, DropReason.QueueFull).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        Assert.Equal(400UL, Drops(events, DropReason.BodyUnavailable).Aggregate(0UL, (sum, drop) => sum + drop.Count));
        Assert.Equal(1_000, events.OfType<LogEvent.TxSeen>().Count());
    }

    [Fact]
    public async Task A_lane_without_any_peer_reports_that_it_has_no_source_after_its_first_seconds()
    {
        var time = new FakeTimeProvider();
        await using var network = new ScriptedNetwork();
        await using var lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), network, new RecordingSink(), time);

        Assert.Empty(lane.ReadStatus().Sources);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((false, "p2p"), (Assert.Single(lane.ReadStatus().Sources).IsConnected, Assert.Single(lane.ReadStatus().Sources).Name));
    }

    [Fact]
    public async Task After_losing_its_last_peer_the_lane_reports_that_it_has_no_source()
    {
        var peer = Network.Connect();
        Assert.True(Assert.Single(Lane.ReadStatus().Sources).IsConnected);

        Network.Lose(peer, DisconnectReason.Timeout, isByPeer: false);

        var status = Assert.Single(Lane.ReadStatus().Sources);
        Assert.False(status.IsConnected);
        Assert.Contains("Silent", status.LastLoss, StringComparison.Ordinal);
        await StopAsync(decoded: 0);
    }

    [Fact]
    public async Task A_lane_has_no_source_since_it_lost_its_last_peer()
    {
        var time = new FakeTimeProvider();
        await using var network = new ScriptedNetwork();
        await using var lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), network, new RecordingSink(), time);
        await lane.StartAsync(Token);
        var (first, last) = (network.Connect(), network.Connect());
        time.Advance(TimeSpan.FromHours(1));
        network.Lose(first);
        time.Advance(TimeSpan.FromHours(1));

        network.Lose(last);
        var lost = UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(lost, Assert.Single(lane.ReadStatus().Sources).ProblemSince);
    }

    private static (string Lane, DialFailureReason Reason, bool IsOfLane) LaneStart(LogEvent first)
    {
        var started = Assert.IsType<LogEvent.PeerDialFailed>(first);
        return (started.Lane, started.Reason, started.Peer.IsZero);
    }

    private static List<(Hash256 First, ulong Count)> Drops(IEnumerable<LogEvent> events, DropReason reason) =>
        [.. events.OfType<LogEvent.TxIngestDropped>().Where(drop => drop.Reason == reason).Select(drop => (drop.First, drop.Count))];

    private Task DroppedAsync(DropReason reason, long count) =>
        Until.TrueAsync(() => Lane.ReadStatus().Drops.Any(drop => drop.Reason == reason && drop.Count == count), $"{count} dropped for {reason}");
}
