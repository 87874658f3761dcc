using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Grading;

/// <summary>The swaps of thirteen blocks of mainnet, decoded without their receipts and then held against them.</summary>
public sealed class MainnetSwapTests
{
    private static readonly ChainId s_mainnet = new(1);
    private static readonly Lazy<List<(IncludedCall Call, CallNode Root, TradeGrade Grade)>> s_swaps = new(Swaps);

    [Fact]
    public void No_amount_that_is_called_exact_is_disproved() =>
        Assert.Empty(s_swaps.Value.Where(static swap => swap.Grade.IsCertain).Select(static swap => swap.Call.Hash));

    [Fact]
    public void Nine_of_ten_swaps_of_known_routers_are_right_in_tokens_and_amounts()
    {
        var routed = s_swaps.Value.FindAll(static swap => swap.Root.Contract is { Kind: "dex" or "dex-aggregator" });
        int right = routed.Count(static swap => swap.Grade.Verdict is GradeVerdict.Agrees or GradeVerdict.FeeOnTransfer);

        Assert.True(routed.Count >= 120, $"{routed.Count} swaps");
        Assert.True(right * 10 >= routed.Count * 9, $"{right} of {routed.Count}");
    }

    [Fact]
    public void Swaps_of_many_routers_and_layouts_agree()
    {
        var layouts = s_swaps.Value.Where(static swap => swap.Grade.Verdict == GradeVerdict.Agrees).Select(static swap => swap.Root.Function!.Layout).Distinct().ToHashSet(StringComparer.Ordinal);

        string[] expected =
        [
            "0x-allowance-holder", "0x-coinbase-proxy", "0x-v4", "1inch-v4", "1inch-v5", "cow-settlement", "kyber-v2", "lifi", "metamask-swap", "okx-dex",
            "paraswap-v5", "paraswap-v6", "uniswap-router02", "uniswap-v2-router", "uniswap-v3-router", "universal-router/1", "universal-router/2.0",
        ];
        Assert.Empty(expected.Except(layouts));
    }

    private static List<(IncludedCall Call, CallNode Root, TradeGrade Grade)> Swaps()
    {
        var decoder = new CallDecoder(ShippedRegistry.Value);
        var (tree, trades, grader) = (new DecodeTree(), new TradeReader(), new TradeGrader());
        var wrapped = ShippedRegistry.Value.WrappedEther(s_mainnet);
        var swaps = new List<(IncludedCall Call, CallNode Root, TradeGrade Grade)>();
        foreach (var call in IncludedCalls.LoadRlp(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet")))
        {
            if (call.Logs is { } logs && logs.Any(static log => log.Topics.Count > 0 && LogTopics.IsSwap(log.Topics[0])))
            {
                decoder.Decode(new CallRequest { Chain = s_mainnet, Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span }, tree);
                var grade = grader.Grade(tree, trades.Read(tree, wrapped), logs, wrapped).Aggregate(static (worst, one) => TradeGrade.Worse(worst, one));
                swaps.Add((call, tree.Nodes[0], grade));
            }
        }

        return swaps;
    }
}
