using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A blob transaction's hash does not cover its proofs: one peer's copy may be bad, and another's good.</summary>
public sealed class BadCopyTests : IAsyncLifetime
{
    private readonly ScriptedNetwork _network = new();
    private readonly RecordingSink _sink = new();
    private readonly PeerLane _lane;

    public BadCopyTests() => _lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, _network, _sink, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _lane.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _lane.DisposeAsync();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task A_blob_transaction_with_a_bad_proof_is_asked_at_once_of_the_next_who_had_announced_it_and_of_each_once()
    {
        PeerDescription[] peers = [_network.Connect(), _network.Connect(), _network.Connect()];
        var (good, bad) = (MadeTx.Blob(0), MadeTx.BlobWithWrongProof(0));
        Assert.Equal(good.Hash, bad.Hash);
        Array.ForEach(peers, peer => _network.Announce(peer, good));

        _network.Requests[0].Deliver(bad);
        await Until.TrueAsync(() => _network.Requests.Count == 2, "the second is asked, without announcing it again");
        _network.Announce(peers[0], good); // a liar is not asked again
        _network.Requests[1].Deliver(bad);
        await Until.TrueAsync(() => _network.Requests.Count == 3, "the third is asked");
        _network.Requests[2].Deliver(good);

        var events = await StopAsync(decoded: 1);
        Assert.Equal(peers.Select(peer => peer.Id), _network.Requests.Select(request => request.Peer));
        Assert.Equal([(peers[0].Id, PeerOffence.InvalidTransaction), (peers[1].Id, PeerOffence.InvalidTransaction)], _network.Offences);
        Assert.Equal(2, events.OfType<LogEvent.TxIngestDropped>().Sum(drop => drop.Reason == DropReason.DecodeFail ? (int)drop.Count : 0));
    }

    [Fact]
    public async Task After_every_announcer_gave_a_bad_copy_only_somebody_else_is_asked()
    {
        var (liar, honest) = (_network.Connect(), _network.Connect());
        var good = MadeTx.Blob(0);
        _network.Announce(liar, good);
        _network.Requests[0].Deliver(MadeTx.BlobWithWrongProof(0));
        await Until.TrueAsync(() => _lane.ReadStatus().Drops.Any(drop => drop.Reason == DropReason.DecodeFail), "the bad copy is a drop");

        _network.Announce(liar, good);
        Assert.Single(_network.Requests);
        _network.Announce(honest, good);

        await Until.TrueAsync(() => _network.Requests.Count == 2, "the honest one is asked");
        Assert.Equal([liar.Id, honest.Id], _network.Requests.Select(request => request.Peer));
        _network.Requests[1].Deliver(good);
        await StopAsync(decoded: 1);
    }

    private async Task<List<LogEvent>> StopAsync(int decoded)
    {
        await Until.TrueAsync(() => _lane.ReadStatus().DecodedCount == decoded, $"{decoded} decoded");
        await _lane.StopAsync(Token);
        return _sink.Events();
    }
}
