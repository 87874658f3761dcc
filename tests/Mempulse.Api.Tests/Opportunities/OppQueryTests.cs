using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Opportunities;

/// <summary>GET /opps asks the fold for what its parameters say, and for everything where they say nothing.</summary>
public sealed class OppQueryTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    [Theory]
    [InlineData("", "1", "", "", null, 100)]
    [InlineData("?status=expired", "1", "expired", "", null, 100)]
    [InlineData("?strategy=exposure", "1", "", "exposure", null, 100)]
    [InlineData("?min_score=-5", "1", "", "", -5L, 100)]
    [InlineData("?limit=7", "1", "", "", null, 7)]
    [InlineData("?limit=1000&chain=10", "10", "", "", null, 1_000)]
    public async Task Each_parameter_reaches_the_fold_of_its_chain(string parameters, string chain, string status, string strategy, long? minScore, int limit)
    {
        api.Begin(static options => options.Chains = [new ChainId(1), new ChainId(10)]);
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.ListOpportunities), new OppPage
        {
            AsOf = new GlobalSeq(1), Strategies = [], Open = 0, Closed = 0, Detected = 0, HandedOn = 0, LeftOut = 0, NotSimulable = 0, PoolsHeld = 1, PoolsWanted = 0, Opportunities = [],
        });

        var (_, body) = await api.GetAsync($"/opps{parameters}");

        var (key, _, arguments) = api.Grains.Calls.Single(static call => call.Call == nameof(IMempoolGrain.ListOpportunities));
        Assert.Equal((chain, new OppQuery(status, strategy, minScore, limit)), (key, Assert.IsType<OppQuery>(arguments[0])));
        Assert.Equal(chain, body.GetProperty("chain").GetString());
    }
}
