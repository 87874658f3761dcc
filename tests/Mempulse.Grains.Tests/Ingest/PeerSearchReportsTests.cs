using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Tests.Ingest;

/// <summary>How a lane finds its peers is reported with every figure in its own place.</summary>
public sealed class PeerSearchReportsTests
{
    private static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);

    [Fact]
    public void Every_figure_of_the_search_has_its_own_place()
    {
        var (self, failing, found) = (Node(1), Node(2), Node(3));
        var report = PeerSearchReports.Of(new PeerSearch(self, new DialReport
        {
            Configured = [Dialled(failing, NodeKind.Static, isConnected: false)],
            DiscoveredNodes = 40,
            DiscoveredFailures = new SortedDictionary<DialFailureReason, long> { [DialFailureReason.Unreachable] = 41 },
            DiscoveredSample = [Dialled(found, NodeKind.Discovered, isConnected: true) with { Failure = null, FailingSince = null, LastDial = null, NextDial = null, LastConnected = null }],
            InboundFailures = new SortedDictionary<DialFailureReason, long> { [DialFailureReason.ConnectionRefused] = 42 },
            InboundSample =
            [
                new InboundFailure(new IPEndPoint(IPAddress.Loopback, 5), found.Id, new DialFailure(DialFailureReason.Unreachable, "gone"), s_time),
                new InboundFailure(new IPEndPoint(IPAddress.Loopback, 6), null, new DialFailure(DialFailureReason.ConnectionRefused, "no"), s_time),
            ],
        }));

        Assert.Equal((self.ToString(), 40), (report.Enode, report.DiscoveredNodes));
        Assert.Equal([new FailureCount(DialFailureReason.Unreachable, 41)], report.DiscoveredFailures);
        Assert.Equal([new FailureCount(DialFailureReason.ConnectionRefused, 42)], report.InboundFailures);
        Assert.Equal(
            new NodeDials
            {
                Name = PeerName.Of(failing.Id),
                Enode = failing.ToString(),
                Kind = nameof(NodeKind.Static),
                IsConnected = false,
                Reason = DialFailureReason.ConnectionRefused,
                Detail = "refused",
                Failures = 7,
                FailingSince = At(1),
                LastDial = At(2),
                NextDial = At(3),
                LastConnected = At(4),
            },
            Assert.Single(report.Configured));
        var sample = Assert.Single(report.DiscoveredSample);
        Assert.Equal((nameof(NodeKind.Discovered), true, DialFailureReason.Unknown, string.Empty), (sample.Kind, sample.IsConnected, sample.Reason, sample.Detail));
        Assert.Equal((null, null, null, null), (sample.FailingSince, sample.LastDial, sample.NextDial, sample.LastConnected));
        Assert.Equal(
            [
                new RefusedInbound("127.0.0.1:5", PeerName.Of(found.Id), DialFailureReason.Unreachable, "gone", At(0)),
                new RefusedInbound("127.0.0.1:6", string.Empty, DialFailureReason.ConnectionRefused, "no", At(0)),
            ],
            report.InboundSample);
    }

    private static Enode Node(byte number) => new(new NodeId([.. Enumerable.Repeat(number, NodeId.Size)]), IPAddress.Loopback, 30_000 + number, 30_100 + number);

    private static DialledNode Dialled(Enode node, NodeKind kind, bool isConnected) => new()
    {
        Node = node,
        Kind = kind,
        IsConnected = isConnected,
        Failure = new DialFailure(DialFailureReason.ConnectionRefused, "refused"),
        FailedDials = 7,
        FailingSince = s_time.AddSeconds(1),
        LastDial = s_time.AddSeconds(2),
        NextDial = s_time.AddSeconds(3),
        LastConnected = s_time.AddSeconds(4),
    };

    private static UnixNanoseconds At(int seconds) => UnixNanoseconds.FromUtcTicks(s_time.AddSeconds(seconds).UtcTicks);
}
