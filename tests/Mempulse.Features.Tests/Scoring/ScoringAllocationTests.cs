using Mempulse.Features.Decoding;
using Mempulse.Features.Flags;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Tests.Stories;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Scoring;

/// <summary>Decoding, flags, features, score and rank of a transaction allocate nothing once buffers have their size.</summary>
public sealed class ScoringAllocationTests
{
    [Theory]
    [InlineData("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "a9059cbb")] // a transfer of a known token
    [InlineData("0x0000000000000000000000000000000000000bad", "a9059cbb")] // and of an unknown one
    [InlineData("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "095ea7b3")] // an approval
    [InlineData("0x0000000000000000000000000000000000000bad", "095ea7b3")]
    public void A_transfer_or_an_approval_is_scored_without_an_allocation(string target, string selector) =>
        AssertAllocatesNothing(Address.Parse(target), [.. Convert.FromHexString(selector), .. AbiWords.Of(0xee, 5)]);

    [Fact]
    public void A_swap_is_scored_without_an_allocation() =>
        AssertAllocatesNothing(Address.Parse("0x66a9893cc07d91d95644aedd05d03f95e1dba8af"), UniversalRouterTests.Calls.Values.First());

    private static void AssertAllocatesNothing(Address target, byte[] data)
    {
        var (hash, body) = (Named.Tx("t"), new ScenarioTx("t", "sender", 0).Body());
        var views = new PoolStory().Swaps("t", 1, 1).Views;
        var (reader, ranking, flags) = (new TraitReader(), new Ranking(10), new RiskFlag[FlagReader.Count]);
        long Once()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var call = new CallRequest { Chain = new ChainId(1), Block = new BlockNumber(ulong.MaxValue), Sender = Decoded.Sender, Target = target, Value = 0, Data = data };
            var traits = reader.Read(ShippedRegistry.Value, call, hash, body);
            FlagReader.Read(traits, views, flags);
            RankProfile.Default.Rank(traits, views, ranking);
            RankProfile.Parity.Rank(traits, views, ranking);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Once();
        Assert.Equal(0, Math.Min(Once(), Once()));
    }
}
