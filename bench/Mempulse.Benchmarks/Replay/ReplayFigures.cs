using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Mempulse.Benchmarks.Node;
using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;
using EventLog = Mempulse.Canon.EventLog;

namespace Mempulse.Benchmarks.Replay;

/// <summary>How fast one core folds in memory, from bytes and from disk, and whether rate and memory stay constant as the log grows.</summary>
internal sealed class ReplayFigures : IFigures
{
    private const int RecordedTxs = 200_000;
    private const int Rounds = 5;
    private const int EverySeq = 10_000;
    private const int LongRunFacts = 10_000_000;
    private const int LongRunSteps = 5;
    private const int TxsPerBatch = 64;
    private const int LargeStateTxs = 500_000;
    private const int SliceEntries = 4_096;

    private static readonly ChainId Chain = new(1);

    public string Area => "replay";

    public void Print(TextWriter output)
    {
        var log = RecordedStream.Of(RecordedTxs, withDerived: true);
        var facts = RecordedStream.Of(RecordedTxs, withDerived: false);
        string collector = GCSettings.LatencyMode == GCLatencyMode.Batch ? "in the foreground, as for the command line" : "in the background, as in a node (DOTNET_gcConcurrent=0 for the other)";
        output.WriteLine(Text($"garbage is collected {collector}; median of {Rounds} rounds, and their range"));
        output.WriteLine(Text($"log: {log.Count:N0} records, {log.Facts:N0} of them facts, {log.Batches.Sum(static batch => (long)batch.Records.Length) / (double)log.Count:F0} B each"));
        var alone = Rate(output, "fold alone, facts without derived", facts.Count, engine => Run(facts, engine, RecordedStream.ApplyUnchecked));
        Rate(output, "fold alone, whole log", log.Count, engine => Run(log, engine, RecordedStream.ApplyUnchecked));
        Rate(output, "CRC, decode, fold, digest at the end", log.Count, engine => Run(log, engine, static (engine, batch) => engine.Apply(batch)));
        Rate(output, Text($"the same, digest every {EverySeq:N0}"), log.Count, engine => Run(log, engine, WithDigestEvery));
        Rate(output, "the same, digest at every record", log.Count, engine => Run(log, engine, WithDigestAlways));
        FromDisk(output, log);
        Checkpoint(output, alone);
        Checkpoint(output, Waiting(LargeStateTxs));
        LongRun(output);
    }

    private static void WithDigestEvery(ReplayEngine engine, SequencedBatch batch)
    {
        engine.Apply(batch);
        if (batch.Last.Value / EverySeq != (batch.First.Value - 1) / EverySeq)
        {
            engine.Digest();
        }
    }

    private static void WithDigestAlways(ReplayEngine engine, SequencedBatch batch)
    {
        foreach (var record in batch)
        {
            engine.Apply(record);
            engine.Digest();
        }
    }

    private static void Run(RecordedStream log, ReplayEngine engine, Action<ReplayEngine, SequencedBatch> apply)
    {
        foreach (var batch in log.Batches)
        {
            apply(engine, batch);
        }
    }

    private static ReplayEngine Rate(TextWriter output, string what, ulong records, Action<ReplayEngine> run)
    {
        run(FoldComposition.Default.Create(Chain)); // warm
        var engine = FoldComposition.Default.Create(Chain);
        double[] rates = new double[Rounds];
        double[] processorRates = new double[Rounds];
        var usage = ProcessUsage.Now();
        for (int round = 0; round < Rounds; round++)
        {
            engine = FoldComposition.Default.Create(Chain);
            GC.Collect();
            var before = ProcessUsage.Now();
            long begun = Stopwatch.GetTimestamp();
            run(engine);
            engine.Digest();
            rates[round] = records / Stopwatch.GetElapsedTime(begun).TotalSeconds / 1e6;
            usage = ProcessUsage.Now().Since(before);
            processorRates[round] = records / usage.ProcessorSeconds / 1e6;
        }

        Array.Sort(rates);
        Array.Sort(processorRates);
        output.WriteLine(Text($"{what,-44} {rates[Rounds / 2],8:F2} M/s ({rates[0]:F2} to {rates[^1]:F2}; {processorRates[Rounds / 2]:F2} by processor time)   {(ulong)usage.AllocatedBytes / records} B allocated a record, {string.Join("/", usage.Collections)} collections, {usage.PauseSeconds / usage.ProcessorSeconds:P0} of the time   digest {engine.Digest()} divergences {engine.DivergenceCount}"));
        return engine;
    }

    private static void FromDisk(TextWriter output, RecordedStream log)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-replay-").FullName;
        try
        {
            Write(directory, log);
            Rate(output, "from disk: frames, CRC, decode, fold, digest", log.Count, engine =>
            {
                using var scan = LogDirectory.OpenRead(directory).Scan(new GlobalSeq(1));
                while (scan.MoveNext())
                {
                    engine.Apply(scan.Current!);
                }
            });
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Write(string directory, RecordedStream log)
    {
        using var writer = EventLog.Open(new EventLogOptions { Directory = directory, Chain = Chain, Durability = Durability.Os });
        foreach (var batch in log.Batches)
        {
            var records = EventBatch.FromEncoded(First(batch).Lane, batch.Count, batch.Records.Span);
            _ = writer.AppendAsync(records, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private static RecordView First(SequencedBatch batch)
    {
        var records = batch.GetEnumerator();
        _ = records.MoveNext();
        return records.Current;
    }

    private static void Checkpoint(TextWriter output, ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        var clock = Stopwatch.StartNew();
        engine.Digest();
        var digesting = clock.Elapsed;
        engine.SaveCheckpoint(saved);
        saved.Clear(); // the second one reuses the memory, as in a node
        clock.Restart();
        var (begun, sorted, longest) = InSlices(engine, saved);
        var saving = clock.Elapsed;
        clock.Restart();
        var restored = FoldComposition.Default.Restore(Chain, saved.WrittenSpan);
        var restoring = clock.Elapsed;
        output.WriteLine(Text($"checkpoint of {engine.Pool.TxCount:N0} txs: {saved.Length / 1e6:F1} MB, digest {digesting.TotalMilliseconds:F0} ms; begun in {begun.TotalMilliseconds:F0} ms, sorted beside the fold in {sorted.TotalMilliseconds:F0} ms, longest slice {longest.TotalMilliseconds:F1} ms, {saving.TotalMilliseconds:F0} ms in all; restored and verified in {restoring.TotalMilliseconds:F0} ms, same digest {restored.Digest() == engine.Digest()}"));
    }

    /// <summary>Saves as a node does, between facts: applying waits only for the beginning and for one slice at a time.</summary>
    private static (TimeSpan Begun, TimeSpan Sorted, TimeSpan LongestSlice) InSlices(ReplayEngine engine, ByteBuffer into)
    {
        var slice = new ByteBuffer();
        var clock = Stopwatch.StartNew();
        using var checkpoint = engine.BeginCheckpoint();
        var begun = clock.Elapsed;
        clock.Restart();
        checkpoint.Sort();
        var sorted = clock.Elapsed;
        var longest = TimeSpan.Zero;
        bool isComplete = false;
        while (!isComplete)
        {
            slice.Clear();
            clock.Restart();
            isComplete = checkpoint.SaveNext(SliceEntries, slice);
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            into.Append(slice.WrittenSpan);
        }

        return (begun, sorted, longest);
    }

    /// <summary>An engine with a number of transactions that no block has included.</summary>
    private static ReplayEngine Waiting(int txs)
    {
        var engine = FoldComposition.Default.Create(Chain);
        var stream = new MempoolStream(inclusionLagTxs: int.MaxValue);
        var derived = new EventBatch(DerivedEvents.Lane);
        while (engine.Pool.TxCount < txs)
        {
            var batch = stream.Next(TxsPerBatch);
            engine.Apply(new SequencedBatch(new Epoch(1), engine.Applied.Next, batch.Count, engine.Applied.Plus((ulong)batch.Count), batch.Records));
            derived.Clear();
            if (engine.DrainDerived(derived, int.MaxValue) > 0)
            {
                engine.ConfirmDerived(derived.Last);
            }
        }

        return engine;
    }

    private static void LongRun(TextWriter output)
    {
        var engine = FoldComposition.Default.Create(Chain);
        var stream = new MempoolStream();
        var derived = new EventBatch(DerivedEvents.Lane);
        var folding = new Stopwatch();
        ulong facts = 0;
        ulong reported = 0;
        while (facts < LongRunFacts)
        {
            var batch = stream.Next(TxsPerBatch);
            var sequenced = new SequencedBatch(new Epoch(1), engine.Applied.Next, batch.Count, engine.Applied.Plus((ulong)batch.Count), batch.Records);
            folding.Start();
            engine.Apply(sequenced);
            derived.Clear();
            if (engine.DrainDerived(derived, int.MaxValue) > 0)
            {
                engine.ConfirmDerived(derived.Last);
            }

            folding.Stop();
            facts += (ulong)batch.Count;
            if (facts - reported >= LongRunFacts / LongRunSteps || (reported == 0 && facts >= 100_000 && facts < 100_000 + 1_000))
            {
                Report(output, engine, facts, facts - reported, folding);
                reported = facts;
            }
        }
    }

    private static void Report(TextWriter output, ReplayEngine engine, ulong facts, ulong since, Stopwatch folding)
    {
        double rate = since / folding.Elapsed.TotalSeconds / 1e6;
        folding.Reset();
        double heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        output.WriteLine(Text($"after {facts,11:N0} facts: {rate:F2} M facts/s with CRC since the last line, heap {heap:F0} MB, {engine.Pool.TxCount:N0} txs held"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
