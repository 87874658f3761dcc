using Mempulse.Cli.Logs;
using Mempulse.Primitives;

namespace Mempulse.Cli.Tests.Logs;

/// <summary>Lanes that a node writes are shown by name.</summary>
public sealed class LaneNamesTests
{
    [Theory]
    [InlineData("fold")]
    [InlineData("host")]
    [InlineData("checkpoints")]
    [InlineData("sim")]
    [InlineData("rpc")]
    [InlineData("p2p")]
    [InlineData("blocks")]
    [InlineData("playback")]
    public void A_lane_of_the_node_has_its_name(string name) => Assert.Equal(name, LaneNames.Of(LaneId.Of(name)));

    [Fact]
    public void Any_other_lane_is_shown_by_its_id() => Assert.Equal(LaneId.Of("other").ToString(), LaneNames.Of(LaneId.Of("other")));
}
