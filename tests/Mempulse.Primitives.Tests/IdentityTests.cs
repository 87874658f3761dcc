namespace Mempulse.Primitives.Tests;

/// <summary>Ids derived from names are in every log, so they must never change.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("rpc", "b29b802d")]
    public void A_lane_id_is_derived_from_the_name(string name, string id) => Assert.Equal(id, LaneId.Of(name).ToString());

    [Theory]
    [InlineData("alpha", "ff92a3d97c20a61f")]
    public void A_source_id_is_derived_from_the_name(string name, string id) => Assert.Equal(id, SourceId.Of(name).ToString());
}
