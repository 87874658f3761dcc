namespace Mempulse.Primitives.Tests;

/// <summary>Ids derived from names stand in every log, so they never change.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("rpc", "b29b802d")]
    public void A_lane_finds_its_id_again(string name, string id) => Assert.Equal(id, LaneId.Of(name).ToString());

    [Theory]
    [InlineData("alpha", "ff92a3d97c20a61f")]
    public void A_source_finds_its_id_again(string name, string id) => Assert.Equal(id, SourceId.Of(name).ToString());
}
