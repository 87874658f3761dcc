using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Clocks;

namespace Mempulse.Devp2p.Tests.Dialing;

/// <summary>Nodes are dialled again after their back-off, however the wall clock is set meanwhile.</summary>
public sealed class DialClockTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-2)]
    [InlineData(24 * 365)]
    public void A_back_off_lasts_as_long_as_it_shall(int hoursSet)
    {
        var time = new SettableTime();
        var node = new Enode(NodeKey.Create().Id, IPAddress.Loopback, 30303, 30303);
        var options = new P2pOptions { Forks = KnownChains.Mainnet, Head = new(default, default, default), Key = NodeKey.Create(), StaticPeers = [node] };
        var table = new PeerTable(options, time);
        Assert.Equal(node, table.TakeNext());
        table.DialEnded(node, new OpeningOutcome(null, null, new DialFailure(DialFailureReason.ConnectTimeout, "No answer.")));

        time.SetWallClock(TimeSpan.FromHours(hoursSet));
        time.Advance(options.Dial.FirstBackOff - Moment);
        Assert.Null(table.TakeNext());
        var dialled = Assert.Single(table.ReadDials().Configured);
        Assert.Equal((time.GetUtcNow() + Moment, time.GetUtcNow() + Moment - options.Dial.FirstBackOff), (dialled.NextDial, dialled.LastDial));

        time.Advance(Moment);
        Assert.Equal(node, table.TakeNext());
    }
}
