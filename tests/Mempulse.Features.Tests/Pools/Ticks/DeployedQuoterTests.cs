using System.Text.Json;
using Mempulse.Features.Pools;
using Mempulse.Features.Pools.Ticks;

namespace Mempulse.Features.Tests.Pools.Ticks;

/// <summary>What the deployed quoters of Uniswap V3 and V4 answered at block 24,407,242.</summary>
public sealed class DeployedQuoterTests
{
    [Theory]
    [InlineData("v3", 40)]
    [InlineData("v4", 44)]
    public void Quotes_are_those_of_the_deployed_quoter(string version, int expectedCount)
    {
        using var vectors = MevVectors.Read("uniswap-quotes.json.zst");
        var json = vectors.RootElement.GetProperty(version);
        uint fee = json.GetProperty("fee").GetUInt32();
        var pool = version == "v3"
            ? TickVectors.Pool(json, TickFees.V3(fee), TickRules.UniswapV3)
            : TickVectors.Pool(json, TickFees.V4(0, fee), TickRules.UniswapV4);
        int count = 0;
        foreach (var asked in json.GetProperty("quotes").EnumerateArray())
        {
            var direction = asked.GetProperty("zeroForOne").GetBoolean() ? SwapDirection.ZeroForOne : SwapDirection.OneForZero;
            var exactness = asked.GetProperty("exact").GetString() == "input" ? SwapExactness.Input : SwapExactness.Output;
            var quote = pool.Swap(direction, exactness, MevVectors.Number(asked, "amount"), out _);
            if (asked.GetProperty("quote").ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(QuoteFailure.InsufficientLiquidity, quote.Failure); // NotEnoughLiquidity
            }
            else
            {
                Assert.True(MevVectors.Number(asked, "quote") == (exactness == SwapExactness.Input ? quote.AmountOut : quote.AmountIn), $"{asked}: {quote}");
            }

            count++;
        }

        Assert.Equal(expectedCount, count);
    }
}
