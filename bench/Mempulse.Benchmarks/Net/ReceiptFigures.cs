using System.Diagnostics;
using Mempulse.Folding;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Benchmarks.Net;

/// <summary>What the receipts of real mainnet blocks cost in the log with and without their logs, and what verifying, writing and reading them costs.</summary>
internal sealed class ReceiptFigures : IFigures
{
    private const int Rounds = 7;
    private const int Repeats = 20;

    private static readonly Hash256 s_transfer = Hash256.Parse("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"); // Transfer(address,address,uint256)

    /// <inheritdoc/>
    public string Area => "receipts";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var blocks = RealReceipts.Load();
        PrintSizes(output, blocks);
        PrintCosts(output, blocks);
    }

    private static void PrintSizes(TextWriter output, IReadOnlyList<(VerifiedBlock Block, byte[] Raw, BlockReceipts Receipts)> blocks)
    {
        output.WriteLine("| block | transactions | logs | eth/69 B | records | B in the log | B per log | B without logs |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (block, raw, receipts) in blocks)
        {
            Row(output, $"{block.Number}", [(block, raw, receipts)]);
        }

        Row(output, "all 13", blocks);
        Row(output, "all but 15537394", [.. blocks.Where(static entry => entry.Block.Number.Value != 15_537_394)]); // 80 transactions with 1.6 MB of data in their logs
    }

    private static void Row(TextWriter output, string name, IReadOnlyList<(VerifiedBlock Block, byte[] Raw, BlockReceipts Receipts)> blocks)
    {
        int logs = blocks.Sum(static entry => entry.Receipts.Results.Sum(static result => result.Logs.Count));
        var kept = blocks.Select(static entry => Encode(entry.Block, entry.Receipts)).ToList();
        long bytes = kept.Sum(static batch => (long)batch.SizeBytes);
        long without = blocks.Sum(static entry => (long)Encode(entry.Block, entry.Receipts.WithoutLogs()).SizeBytes);
        output.WriteLine(
            $"| {name} | {blocks.Sum(static entry => entry.Block.Transactions.Count)} | {logs} | {blocks.Sum(static entry => entry.Raw.Length)} | {kept.Sum(static batch => batch.Count)} | "
            + $"{bytes} | {(double)bytes / Math.Max(logs, 1):F0} | {without} |");
    }

    private static void PrintCosts(TextWriter output, IReadOnlyList<(VerifiedBlock Block, byte[] Raw, BlockReceipts Receipts)> blocks)
    {
        int logs = blocks.Sum(static entry => entry.Receipts.Results.Sum(static result => result.Logs.Count));
        var batches = blocks.Select(static entry => Encode(entry.Block, entry.Receipts)).ToList();
        var scratch = new EventBatch(LaneId.Of("blocks"));
        var facts = blocks.SelectMany(static entry => entry.Receipts.ToFacts(entry.Block.Hash, entry.Block.Number)).ToList();

        output.WriteLine();
        output.WriteLine($"{logs} logs of {blocks.Count} blocks, best of {Rounds} rounds:");
        output.WriteLine("| step | ns per log | us per block | B allocated per log |");
        output.WriteLine("|---|---|---|---|");
        Cost(output, "read from a peer and verify by the root", blocks.Count, logs, () => blocks.Sum(static entry => RealReceipts.Read(entry.Block, entry.Raw).Results.Count), repeats: 1);
        Cost(output, "write to a batch", blocks.Count, logs, () => facts.Sum(fact => Write(scratch, fact)), Repeats);
        Cost(output, "decode to objects", blocks.Count, logs, () => batches.Sum(static batch => DecodeAll(batch)), Repeats);
        Cost(output, "check and read every log in place", blocks.Count, logs, () => batches.Sum(static batch => ReadAll(batch)), Repeats);
        var engine = FoldComposition.Default.Create(new ChainId(1));
        Cost(output, "fold", blocks.Count, logs, () => batches.Sum(batch => Fold(engine, batch)), Repeats);
    }

    private static void Cost(TextWriter output, string step, int blocks, int logs, Func<int> run, int repeats)
    {
        run();
        double best = double.MaxValue;
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
            {
                run();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / repeats;
        }

        output.WriteLine($"| {step} | {best / logs:F1} | {best / blocks / 1_000:F1} | {(double)allocated / logs:F1} |");
    }

    private static EventBatch Encode(VerifiedBlock block, BlockReceipts receipts)
    {
        var batch = new EventBatch(LaneId.Of("blocks"));
        foreach (var fact in receipts.ToFacts(block.Hash, block.Number))
        {
            batch.Add(fact, RecordMeta.Fact(batch.Lane, (ulong)batch.Count + 1, default, default));
        }

        return batch;
    }

    private static int Write(EventBatch into, LogEvent.ReceiptsObserved fact)
    {
        into.Clear();
        into.Add(fact, RecordMeta.Fact(into.Lane, 1, default, default));
        return into.SizeBytes;
    }

    private static int DecodeAll(EventBatch batch)
    {
        int count = 0;
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            count += ((LogEvent.ReceiptsObserved)LogEvent.Decode(records.Current)!).Receipts.Count;
        }

        return count;
    }

    private static int Fold(ReplayEngine engine, EventBatch batch)
    {
        var first = engine.Applied.Next;
        engine.Apply(new SequencedBatch(new Epoch(1), first, batch.Count, first, batch.Records));
        return batch.Count;
    }

    private static int ReadAll(EventBatch batch)
    {
        int transfers = 0;
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            foreach (var receipt in ReceiptsView.Read(records.Current))
            {
                foreach (var log in receipt)
                {
                    transfers += log.TopicCount > 0 && log.Topic(0) == s_transfer ? log.Data.Length : 1;
                }
            }
        }

        return transfers;
    }
}
