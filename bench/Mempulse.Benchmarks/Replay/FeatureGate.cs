using System.Globalization;
using Mempulse.Benchmarks.Node;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Benchmarks.Replay;

/// <summary>What the derivations that give transactions a meaning cost the fold: the same log of calls of mainnet with their receipts, with and without them, in turn.</summary>
internal sealed class FeatureGate : IFigures
{
    private const int Txs = 60_000;
    private const int TxsPerBatch = 64;
    private const int Rounds = 7;

    private static readonly ChainId s_chain = new(1);
    private static readonly LaneId s_rules = LaneId.Of("rules");

    /// <inheritdoc/>
    public string Area => "replay";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var rules = new MainnetRules();
        var log = Recorded(rules);
        var bare = FoldComposition.Of(EventCatalog.Core, static _ => []);
        var whole = FoldComposition.Default.Reading(rules);
        ulong facts = (ulong)log.Sum(static batch => (long)batch.Count);
        output.WriteLine(Text($"with a registry, calls of mainnet and their receipts: {facts:N0} facts of {Txs:N0} transactions, each announced three times; in turn, by processor time, median of {Rounds}"));
        Run(log, bare);
        Run(log, whole);
        var (without, with) = (new double[Rounds], new double[Rounds]);
        for (int round = 0; round < Rounds; round++)
        {
            without[round] = Run(log, bare);
            with[round] = Run(log, whole);
        }

        Array.Sort(without);
        Array.Sort(with);
        double cost = with[Rounds / 2] - without[Rounds / 2];
        output.WriteLine(Text($"  derivations off {facts / without[Rounds / 2] / 1e6,8:F2} M facts/s"));
        output.WriteLine(Text($"  derivations on  {facts / with[Rounds / 2] / 1e6,8:F2} M facts/s, {without[Rounds / 2] / with[Rounds / 2]:F2} of it, goal 0.90; they cost {cost / Txs * 1e6:F2} us a transaction"));
    }

    private static List<SequencedBatch> Recorded(MainnetRules rules)
    {
        var log = new List<SequencedBatch>();
        ulong count = 0;
        var stream = new MempoolStream(calls: new CallBodies(MainnetRules.Calls()));
        for (int done = 0; done < Txs; done += TxsPerBatch)
        {
            Add(stream.Next(TxsPerBatch));
            if (done == 0)
            {
                var stated = new EventBatch(s_rules);
                stated.Add(rules.Loaded, RecordMeta.Fact(s_rules, 1, new UnixNanoseconds(1), default));
                Add(stated);
            }
        }

        return log;

        void Add(EventBatch batch)
        {
            var first = new GlobalSeq(count + 1);
            count += (ulong)batch.Count;
            log.Add(new SequencedBatch(new Epoch(1), first, batch.Count, new GlobalSeq(count), batch.Records.ToArray()));
        }
    }

    /// <summary>Folds the log as a replay does.</summary>
    /// <returns>Seconds of processor time.</returns>
    private static double Run(List<SequencedBatch> log, FoldComposition composition)
    {
        var engine = composition.Create(s_chain);
        var derived = new EventBatch(DerivedEvents.Lane);
        GC.Collect();
        var before = ProcessUsage.Now();
        foreach (var batch in log)
        {
            RecordedStream.ApplyUnchecked(engine, batch);
            derived.Clear();
            if (engine.DrainDerived(derived, int.MaxValue) > 0)
            {
                engine.ConfirmDerived(derived.Last);
            }
        }

        engine.Digest();
        return ProcessUsage.Now().Since(before).ProcessorSeconds;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
