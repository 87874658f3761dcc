using System.Globalization;
using Mempulse.Benchmarks.Node;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Benchmarks.Replay;

/// <summary>What the derivations that give transactions a meaning cost the fold: the same log of calls of mainnet with their receipts, with and without them, in turn; also for payments, of which they say little.</summary>
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
        output.WriteLine(Text($"with a registry, derivations off and on in turn, by processor time, median of {Rounds}; {Txs:N0} transactions, each announced three times"));
        Compare(output, "payments", Recorded(new MempoolStream(), rules), rules);
        Compare(output, "calls of mainnet and their receipts", Recorded(new MempoolStream(calls: new CallBodies(MainnetRules.Calls())), rules), rules);
    }

    private static void Compare(TextWriter output, string what, List<SequencedBatch> log, MainnetRules rules)
    {
        var bare = FoldComposition.Of(EventCatalog.Core, static _ => []);
        var whole = FoldComposition.Default.Reading(rules);
        Run(log, bare);
        Run(log, whole);
        var (without, with) = (new ProcessUsage[Rounds], new ProcessUsage[Rounds]);
        for (int round = 0; round < Rounds; round++)
        {
            without[round] = Run(log, bare);
            with[round] = Run(log, whole);
        }

        double facts = log.Sum(static batch => (long)batch.Count);
        var (off, on) = (Median(without), Median(with));
        output.WriteLine(Text($"  {what}: off {facts / off.ProcessorSeconds / 1e6:F2} M facts/s, on {facts / on.ProcessorSeconds / 1e6:F2} M, {off.ProcessorSeconds / on.ProcessorSeconds:F2} of it, goal 0.90; they cost {(on.ProcessorSeconds - off.ProcessorSeconds) / Txs * 1e6:F2} us and {(on.AllocatedBytes - off.AllocatedBytes) / Txs:N0} B a transaction"));
    }

    private static List<SequencedBatch> Recorded(MempoolStream stream, MainnetRules rules)
    {
        var log = new List<SequencedBatch>();
        ulong count = 0;
        var stated = new EventBatch(s_rules);
        stated.Add(rules.Loaded, RecordMeta.Fact(s_rules, 1, new UnixNanoseconds(1), default));
        Add(stated);
        for (int done = 0; done < Txs; done += TxsPerBatch)
        {
            Add(stream.Next(TxsPerBatch));
        }

        return log;

        void Add(EventBatch batch)
        {
            var first = new GlobalSeq(count + 1);
            count += (ulong)batch.Count;
            log.Add(new SequencedBatch(new Epoch(1), first, batch.Count, new GlobalSeq(count), batch.Records.ToArray()));
        }
    }

    /// <summary>Folds the log as a replay does. Loading the rules, which the first batch states, is not measured.</summary>
    private static ProcessUsage Run(List<SequencedBatch> log, FoldComposition composition)
    {
        var engine = composition.Create(s_chain);
        var derived = new EventBatch(DerivedEvents.Lane);
        engine.Apply(log[0]);
        GC.Collect();
        var before = ProcessUsage.Now();
        foreach (var batch in log.Skip(1))
        {
            RecordedStream.ApplyUnchecked(engine, batch);
            derived.Clear();
            if (engine.DrainDerived(derived, int.MaxValue) > 0)
            {
                engine.ConfirmDerived(derived.Last);
            }
        }

        engine.Digest();
        return ProcessUsage.Now().Since(before);
    }

    private static ProcessUsage Median(ProcessUsage[] runs) => runs.OrderBy(static run => run.ProcessorSeconds).ElementAt(Rounds / 2);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
