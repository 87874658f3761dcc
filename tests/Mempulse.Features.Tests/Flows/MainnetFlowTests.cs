using Mempulse.Features.Decoding;
using Mempulse.Features.Flows;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Flows;

/// <summary>The transactions of mainnet blocks, labelled by what moved in their receipts and beside it by their calls.</summary>
public sealed class MainnetFlowTests
{
    private static readonly ChainId s_mainnet = new(1);
    private static readonly Lazy<List<(IncludedCall Call, TransactionLabel Label)>> s_labels = new(Labels);

    [Fact]
    public void Both_classifiers_agree_on_most_transactions_that_both_know()
    {
        var known = s_labels.Value.FindAll(static one => one.Label.Source is FlowSource.Both || one.Label.IsDisagreement);
        int agreed = known.Count(static one => !one.Label.IsDisagreement);

        Assert.True(known.Count >= 800 && agreed * 20 >= known.Count * 19, $"{agreed} of {known.Count}: {string.Join(", ", known.Where(static one => one.Label.IsDisagreement).Select(static one => $"{one.Call.Hash} {one.Label.ByAbi}, {one.Label.ByFlow}"))}");
    }

    [Fact]
    public void What_has_no_ABI_gets_a_label_from_what_moved()
    {
        var byFlow = s_labels.Value.FindAll(static one => one.Label is { ByAbi: FlowLabel.Unknown, Source: FlowSource.Flow });

        Assert.True(byFlow.Count(static one => one.Label.Label == FlowLabel.Transfer) >= 150, $"{byFlow.Count(static one => one.Label.Label == FlowLabel.Transfer)} transfers");
        Assert.True(byFlow.Count(static one => one.Label.Label is FlowLabel.Swap or FlowLabel.Arbitrage) >= 50, $"{byFlow.Count(static one => one.Label.Label is FlowLabel.Swap or FlowLabel.Arbitrage)} trades");
    }

    private static List<(IncludedCall Call, TransactionLabel Label)> Labels()
    {
        var labels = new List<(IncludedCall, TransactionLabel)>();
        var (tree, trades, decoder) = (new DecodeTree(), new TradeReader(), new CallDecoder(ShippedRegistry.Value));
        var wrapped = ShippedRegistry.Value.WrappedEther(s_mainnet);
        foreach (var call in IncludedCalls.LoadRlp(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet")))
        {
            if (call.Logs is not { } logs)
            {
                continue;
            }

            decoder.Decode(new CallRequest { Chain = s_mainnet, Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span }, tree);
            var flows = new TransactionFlows(wrapped);
            flows.AddValue(call.Sender, call.Target ?? default, call.Value); // what calls inside move is not in a receipt
            foreach (var log in logs)
            {
                flows.AddLog(log.Account, log.Topics, log.Data.Span);
            }

            labels.Add((call, new TransactionLabel(CallLabels.Of(tree, trades.Read(tree, wrapped)), FlowClassifier.Read(flows, call.Sender, call.Target))));
        }

        return labels;
    }
}
