using System.Globalization;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Decoding;
using Mempulse.Features.Flags;
using Mempulse.Features.Registry;
using Mempulse.Features.Scoring;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Benchmarks.Ranking;

/// <summary>How fast transactions of mainnet are decoded, flagged, scored and ranked in a fold that holds them all, on one core.</summary>
internal sealed class RankFigures : IFigures
{
    private const int CallsOfABlock = 256;
    private const int Runs = 2_000;
    private const int WarmUpRuns = 500;
    private const int Places = 100;

    private readonly TraitReader _reader = new();
    private readonly Mempulse.Features.Scoring.Ranking _ranking = new(Places);
    private readonly RiskFlag[] _flags = new RiskFlag[FlagReader.Count];

    /// <inheritdoc/>
    public string Area => "rank";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var rules = new MainnetRules();
        var registry = rules.Registry;
        var calls = MainnetRules.Calls()
            .Select(static (call, index) => new RankedCall(call, new ScenarioTx($"t{index}", $"sender-{index}", 0) { Call = call.Data.IsEmpty ? null : (call.Target!.Value, call.Data.ToArray()) })).ToList();
        var story = new Scenario(composition: FoldComposition.Default.Reading(rules))
            .Fact(rules.Loaded)
            .Block("base");
        calls.ForEach(call => story.Decoded(call.Tx));
        var views = FoldViews.Of(story.Engine);
        int next = 0;
        void Block()
        {
            _ranking.Clear();
            for (int i = 0; i < CallsOfABlock; i++, next = next + 1 == calls.Count ? 0 : next + 1)
            {
                Rank(calls[next], registry, views);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rank: {calls.Count} calls of mainnet, all of them waiting in a fold: decoded, flagged, scored and ranked"));
        double[] times = Times(Block);
        Write(output, $"{CallsOfABlock} transactions, p50", times[Runs / 2], "us");
        Write(output, "  p95", times[Runs * 95 / 100], "us, goal 250");
        double rate = Rate.Of(() =>
        {
            Block();
            return CallsOfABlock;
        })[0];
        Write(output, "sustained", rate / 1e6, "M/s, goal 0.5");
        PrintStages(output, calls, registry, views);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls.Count / CallsOfABlock; i++)
        {
            Block();
        }

        Write(output, "allocated by the same", (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(calls.Count / CallsOfABlock * CallsOfABlock), "B/transaction");
        double[] tops = Times(() => PoolRanking.Of(RankProfile.Default, views, Places));
        Write(output, $"top {Places} of {views.Traits.WaitingCount} waiting, with reasons, p50", tops[Runs / 2], "us");
    }

    /// <summary>What each stage takes by itself, on traits that are in the cache.</summary>
    private void PrintStages(TextWriter output, List<RankedCall> calls, ContractRegistry registry, FoldViews views)
    {
        int next = 0;
        var traits = calls.ConvertAll(call => _reader.Read(registry, Of(call), call.Hash, call.Body)).ToArray();
        double[] rates = Rate.Of(
            () => Each(index => _reader.Read(registry, Of(calls[index]), calls[index].Hash, calls[index].Body)),
            () => Each(index => FlagReader.Read(traits[index], views, _flags)),
            () => Each(index => RankProfile.Default.Extractor.Extract(traits[index], views)),
            () => Each(index => RankProfile.Default.Rank(traits[index], views, _ranking)));
        Write(output, "  decode and traits", 1e9 / rates[0], "ns");
        Write(output, "  flags", 1e9 / rates[1], "ns");
        Write(output, "  features", 1e9 / rates[2], "ns");
        Write(output, "  features, score and rank", 1e9 / rates[3], "ns");

        long Each(Action<int> stage)
        {
            for (int i = 0; i < CallsOfABlock; i++, next = next + 1 == calls.Count ? 0 : next + 1)
            {
                stage(next);
            }

            return CallsOfABlock;
        }
    }

    private void Rank(RankedCall call, ContractRegistry registry, FoldViews views)
    {
        var traits = _reader.Read(registry, Of(call), call.Hash, call.Body);
        FlagReader.Read(traits, views, _flags);
        RankProfile.Default.Rank(traits, views, _ranking);
    }

    private static CallRequest Of(RankedCall call) => new()
    {
        Chain = Scenario.Chain,
        Block = call.Call.Block,
        Sender = call.Call.Sender,
        Target = call.Call.Target,
        Value = call.Call.Value,
        Data = call.Call.Data.Span,
    };

    /// <summary>Processor time of each run, in ascending order: on a shared machine, wall time includes the work of others.</summary>
    private static double[] Times(Action work)
    {
        double[] times = new double[Runs];
        for (int i = -WarmUpRuns; i < Runs; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            work();
            times[Math.Max(i, 0)] = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static void Write(TextWriter output, string what, double value, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-56} {value,10:F2} {unit}"));

    /// <summary>A call of mainnet and the transaction that stands for it in the fold.</summary>
    private sealed record RankedCall(IncludedCall Call, ScenarioTx Tx)
    {
        public Hash256 Hash { get; } = Named.Tx(Tx.Name);

        public NormalizedTx Body { get; } = Tx.Body();
    }
}
