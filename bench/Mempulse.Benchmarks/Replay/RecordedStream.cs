using System.Buffers.Binary;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Benchmarks.Replay;

/// <summary>A stretch of <see cref="MempoolStream"/> as a log: with derived events after their causes, or facts alone.</summary>
internal sealed class RecordedStream
{
    private const int TxsPerBatch = 64;
    private const int RecordOverhead = 8;

    private readonly List<SequencedBatch> _batches = [];

    /// <summary>Pages of the log, in order.</summary>
    public IReadOnlyList<SequencedBatch> Batches => _batches;

    /// <summary>Number of records.</summary>
    public ulong Count { get; private set; }

    /// <summary>Number of facts.</summary>
    public ulong Facts { get; private set; }

    /// <summary>Records the facts of a number of transactions, each with three sightings.</summary>
    public static RecordedStream Of(int txs, bool withDerived)
    {
        var recorded = new RecordedStream();
        var stream = new MempoolStream();
        var engine = FoldComposition.Default.Create(new ChainId(1));
        var derived = new EventBatch(DerivedEvents.Lane);
        for (int done = 0; done < txs; done += TxsPerBatch)
        {
            var facts = recorded.Add(stream.Next(TxsPerBatch));
            recorded.Facts += (ulong)facts.Count;
            engine.Apply(facts);
            derived.Clear();
            if (engine.DrainDerived(derived, int.MaxValue) > 0)
            {
                engine.ConfirmDerived(derived.Last);
                if (withDerived)
                {
                    engine.Apply(recorded.Add(derived));
                }
            }
        }

        return recorded;
    }

    /// <summary>Applies a batch as the engine does, without checking CRCs.</summary>
    public static void ApplyUnchecked(ReplayEngine engine, SequencedBatch batch)
    {
        engine.Preload(batch);
        var rest = batch.Records.Span;
        var seq = batch.First;
        while (!rest.IsEmpty)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(rest);
            engine.Apply(new RecordView(seq, rest.Slice(4, size)));
            rest = rest[(size + RecordOverhead)..];
            seq = seq.Next;
        }
    }

    private SequencedBatch Add(EventBatch batch)
    {
        var first = new GlobalSeq(Count + 1);
        Count += (ulong)batch.Count;
        var sequenced = new SequencedBatch(new Epoch(1), first, batch.Count, new GlobalSeq(Count), batch.Records.ToArray());
        _batches.Add(sequenced);
        return sequenced;
    }
}
