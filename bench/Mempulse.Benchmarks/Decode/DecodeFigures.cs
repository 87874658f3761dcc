using System.Globalization;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Benchmarks.Decode;

/// <summary>How much of what mainnet does is decoded, held against the logs, and how fast.</summary>
internal sealed class DecodeFigures : IFigures
{
    /// <summary>The block from which on the share is printed separately.</summary>
    private const ulong Recent = 22_431_080;

    private static readonly ChainId s_mainnet = new(1);
    private readonly Lazy<ContractRegistry> _registry = new(static () => RegistryReader.Read(File.ReadAllBytes(RealTransactions.Find("registry/mempulse.json"))));
    private readonly Lazy<IReadOnlyList<IncludedCall>> _calls = new(static () => IncludedCalls.Load(Path.GetDirectoryName(RealTransactions.Find("tests/vectors/mainnet/blocks-rpc.tar.zst"))!));

    /// <inheritdoc/>
    public string Area => "decode";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var outcomes = Swaps();
        var routed = outcomes.FindAll(static outcome => outcome.IsRouterSwap);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"decode: {_calls.Value.Count} transactions of mainnet, {_calls.Value.Count(static call => call.Logs is not null)} of them with logs, {outcomes.Count} of which swapped"));
        output.WriteLine("  A router swap has a contract or a function that the registry knows; services have no published interface; the rest went to private contracts.");
        PrintShare(output, "router swaps, all blocks", routed);
        PrintShare(output, $"router swaps from block {Recent} on", routed.FindAll(static outcome => outcome.Call.Block.Value >= Recent));
        PrintShare(output, "swaps through services", outcomes.FindAll(static outcome => outcome.IsServiceSwap));
        PrintShare(output, "all swaps, with private contracts", outcomes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  exact amounts that the logs disprove: {outcomes.Count(static outcome => outcome.Grade.IsCertain)}, goal 0"));
        PrintUngraded(output);
        var named = outcomes.FindAll(static outcome => outcome.IsRouterSwap || outcome.IsServiceSwap);
        PrintRouters(output, named);
        new DecodeSpeed(_registry.Value, [.. _calls.Value.Where(static call => call.Block.Value >= Recent)]).Print(output);
        PrintMisses(output, named, outcomes.FindAll(static outcome => !outcome.IsRouterSwap && !outcome.IsServiceSwap));
    }

    private List<DecodeOutcome> Swaps()
    {
        var outcomes = new List<DecodeOutcome>();
        var decoder = new CallDecoder(_registry.Value);
        var (tree, trades, grader) = (new DecodeTree(), new TradeReader(), new TradeGrader());
        var wrapped = _registry.Value.WrappedEther(s_mainnet);
        foreach (var call in _calls.Value)
        {
            if (call.Logs is not { } logs || call.Data.Length < 4 || !logs.Any(static log => log.Topics.Count > 0 && LogTopics.IsSwap(log.Topics[0])))
            {
                continue;
            }

            decoder.Decode(
                new CallRequest { Chain = s_mainnet, Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span },
                tree);
            var read = trades.Read(tree, wrapped);
            var grade = grader.Grade(tree, read, logs, wrapped).Aggregate(static (worst, one) => TradeGrade.Worse(worst, one));
            outcomes.Add(new DecodeOutcome(call, tree.Nodes[0], grade));
        }

        return outcomes;
    }

    /// <summary>Blocks without receipts do not say which calls succeeded: how many calls of routers state both tokens and both amounts.</summary>
    private void PrintUngraded(TextWriter output)
    {
        var decoder = new CallDecoder(_registry.Value);
        var (tree, trades) = (new DecodeTree(), new TradeReader());
        var wrapped = _registry.Value.WrappedEther(s_mainnet);
        var unread = new List<string>();
        int count = 0;
        foreach (var call in _calls.Value.Where(static call => call.Logs is null && call.Block.Value >= Recent && call.Data.Length >= 4))
        {
            decoder.Decode(
                new CallRequest { Chain = s_mainnet, Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span },
                tree);
            var root = tree.Nodes[0];
            if (root.Contract is not { Kind: "dex" or "dex-aggregator" } || root.Function?.Category is CallCategory.Liquidity or CallCategory.Transfer or CallCategory.Approval)
            {
                continue;
            }

            count++;
            if (!trades.Read(tree, wrapped).Any(static trade => trade is { TokenIn: not null, TokenOut: not null, AmountIn.Meaning: AmountMeaning.Exact or AmountMeaning.Maximum, AmountOut.Meaning: AmountMeaning.Exact or AmountMeaning.Minimum }))
            {
                unread.Add($"{root.Function?.Function.Name ?? "0x" + Convert.ToHexStringLower(call.Data.Span[..4])} of {root.Contract.Name} ({tree.Nodes[^1].Status}), such as {call.Hash}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  router calls of blocks from {Recent} on without receipts: {count - unread.Count} of {count} state both tokens and both amounts"));
        foreach (var group in unread.GroupBy(static line => line[..line.IndexOf(", such", StringComparison.Ordinal)]).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Count(),5} {group.First()}"));
        }
    }

    private static void PrintShare(TextWriter output, string what, List<DecodeOutcome> outcomes)
    {
        int right = outcomes.Count(static outcome => outcome.IsRight);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-40} {right,5} of {outcomes.Count,5} to tokens and amounts, {100.0 * right / outcomes.Count:F1} %"));
    }

    private static void PrintRouters(TextWriter output, List<DecodeOutcome> routed)
    {
        output.WriteLine($"  {"router, layout",-72} swaps agree  fee on transfer  partial  nothing  disagree");
        foreach (var group in routed.GroupBy(static outcome => outcome.Router).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal))
        {
            int Of(GradeVerdict verdict) => group.Count(outcome => outcome.Grade.Verdict == verdict);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {group.Key,-72} {group.Count(),5} {Of(GradeVerdict.Agrees),5} {Of(GradeVerdict.FeeOnTransfer),16} {Of(GradeVerdict.Partial),8} {Of(GradeVerdict.NothingClaimed),8} {Of(GradeVerdict.Disagrees),9}"));
        }
    }

    private static void PrintMisses(TextWriter output, List<DecodeOutcome> named, List<DecodeOutcome> others)
    {
        output.WriteLine("  misses by function");
        Print(named.Where(static outcome => !outcome.IsRight));
        output.WriteLine("  private contracts");
        Print(others);

        void Print(IEnumerable<DecodeOutcome> outcomes)
        {
            foreach (var group in outcomes.GroupBy(static outcome => (outcome.Function, outcome.Grade)).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key.Function, StringComparer.Ordinal))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Count(),5} {group.Key.Function}: {group.Key.Grade.Verdict} {group.Key.Grade.Part}, first {group.First().Call.Hash} in block {group.First().Call.Block}"));
            }
        }
    }
}
