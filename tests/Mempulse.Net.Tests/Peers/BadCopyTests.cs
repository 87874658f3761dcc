using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A blob transaction's hash does not cover its proofs: one peer's copy may be bad, and another's good.</summary>
public sealed class BadCopyTests() : ScriptedLane(new PeerLaneOptions { Chain = new ChainId(1) })
{
    [Fact]
    public async Task After_a_bad_proof_the_next_announcer_is_asked_immediately_and_each_only_once()
    {
        PeerDescription[] peers = [Network.Connect(), Network.Connect(), Network.Connect()];
        var (good, bad) = (MadeTx.Blob(0), MadeTx.BlobWithWrongProof(0));
        Assert.Equal(good.Hash, bad.Hash);
        Array.ForEach(peers, peer => Network.Announce(peer, good));

        Network.Requests[0].Deliver(bad);
        await Until.TrueAsync(() => Network.Requests.Count == 2, "the second is asked, without a new announcement");
        Network.Announce(peers[0], good); // a liar is not asked again
        Network.Requests[1].Deliver(bad);
        await Until.TrueAsync(() => Network.Requests.Count == 3, "the third is asked");
        Network.Requests[2].Deliver(good);

        var events = await StopAsync(decoded: 1);
        Assert.Equal(peers.Select(peer => peer.Id), Network.Requests.Select(request => request.Peer));
        Assert.Equal([(peers[0].Id, PeerOffence.InvalidTransaction), (peers[1].Id, PeerOffence.InvalidTransaction)], Network.Offences);
        Assert.Equal(2, events.OfType<LogEvent.TxIngestDropped>().Sum(drop => drop.Reason == DropReason.DecodeFail ? (int)drop.Count : 0));
    }

    [Fact]
    public async Task After_bad_copies_from_every_announcer_only_a_new_announcer_is_asked()
    {
        var (liar, honest) = (Network.Connect(), Network.Connect());
        var good = MadeTx.Blob(0);
        Network.Announce(liar, good);
        Network.Requests[0].Deliver(MadeTx.BlobWithWrongProof(0));
        await Until.TrueAsync(() => Lane.ReadStatus().Drops.Any(drop => drop.Reason == DropReason.DecodeFail), "the bad copy is a drop");

        Network.Announce(liar, good);
        Assert.Single(Network.Requests);
        Network.Announce(honest, good);

        await Until.TrueAsync(() => Network.Requests.Count == 2, "the honest one is asked");
        Assert.Equal([liar.Id, honest.Id], Network.Requests.Select(request => request.Peer));
        Network.Requests[1].Deliver(good);
        await StopAsync(decoded: 1);
    }
}
