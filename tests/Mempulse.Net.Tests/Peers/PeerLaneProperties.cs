using CsCheck;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>Any order of announcements, answers, refusals, broadcasts and disconnects, by several peers at once.</summary>
public sealed class PeerLaneProperties
{
    private const int PeerCount = 4;

    private static readonly MadeTx[] Transactions = [.. Enumerable.Range(0, 12).Select(i => MadeTx.Plain((ulong)i)), MadeTx.Blob(100), MadeTx.Blob(101)];

    private static readonly Gen<(int Step, int Peer, int Tx)> Steps = Gen.Select(Gen.Int[0, 9], Gen.Int[0, PeerCount - 1], Gen.Int[0, Transactions.Length - 1]);

    [Fact]
    public void Each_hash_is_requested_from_one_peer_at_a_time_each_body_recorded_once_and_each_sighting_counted() =>
        Steps.Array[1, 80].Sample(steps => RunAsync(steps).GetAwaiter().GetResult(), iter: 60, threads: 1);

    private static async Task RunAsync((int Step, int Peer, int Tx)[] steps)
    {
        await using var network = new ScriptedNetwork();
        var sink = new RecordingSink();
        await using var lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), network, sink, TimeProvider.System);
        await lane.StartAsync(CancellationToken.None);
        var peers = Enumerable.Range(0, PeerCount).Select(_ => network.Connect()).ToArray();
        int announced = 0;
        foreach (var (step, at, index) in steps)
        {
            var tx = Transactions[index];
            switch (step)
            {
                case <= 4:
                    network.Announce(peers[at], tx);
                    announced++;
                    break;
                case 5 when tx.Type != TxClaim.BlobType:
                    network.Broadcast(peers[at], tx);
                    announced++;
                    break;
                case 6:
                    network.Lose(peers[at]);
                    peers[at] = network.Connect();
                    break;
                default:
                    announced += Answer(network, step, at);
                    break;
            }

            var open = network.Requests.Where(request => request.IsOpen).SelectMany(request => request.Hashes).ToList();
            Assert.Equal(open.Count, open.Distinct().Count());
        }

        await lane.StopAsync(CancellationToken.None);
        Check(sink.Events(), announced);
    }

    /// <summary>Answers the pending request that <paramref name="choice"/> selects; returns the number of bodies delivered.</summary>
    private static int Answer(ScriptedNetwork network, int step, int choice)
    {
        var open = network.Requests.Where(request => request.IsOpen).ToList();
        if (open.Count == 0)
        {
            return 0;
        }

        var request = open[choice % open.Count];
        if (step == 7)
        {
            request.End(RequestStatus.TimedOut);
            return 0;
        }

        MadeTx[] delivered = [.. request.Hashes.Skip(step - 8).Select(hash => Transactions.Single(tx => tx.Hash == hash))];
        request.Deliver(delivered);
        return delivered.Length;
    }

    private static void Check(List<LogEvent> events, int announced)
    {
        var decoded = events.OfType<LogEvent.TxDecoded>().Select(tx => tx.Hash).ToList();
        var seen = events.OfType<LogEvent.TxSeen>().ToList();
        var dropped = events.OfType<LogEvent.TxIngestDropped>().ToList();
        Assert.Equal(decoded.Count, decoded.Distinct().Count());
        Assert.Equal(announced, seen.Count);
        Assert.All(dropped, drop => Assert.Equal(DropReason.BodyUnavailable, drop.Reason));
        Assert.True(
            seen.Select(sighting => sighting.Hash).Distinct().Count() <= decoded.Count + dropped.Sum(drop => (int)drop.Count),
            "every sighted transaction was decoded or recorded as a drop");
        Assert.Equal(events.OfType<LogEvent.PeerConnected>().Count(), events.OfType<LogEvent.PeerLost>().Count());
    }
}
