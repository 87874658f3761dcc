using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Trims from the front of a batch the records that its receiver already has.</summary>
internal static class BatchCut
{
    /// <summary>Bytes around a record: its length and its CRC, a u32 each (docs/formats/record.md).</summary>
    private const int Overhead = 8;

    /// <summary>The records of <paramref name="batch"/> from <paramref name="first"/> on, without copying.</summary>
    public static SequencedBatch From(this SequencedBatch batch, GlobalSeq first)
    {
        if (batch.First == first)
        {
            return batch;
        }

        Invariant.That(batch.First < first && first <= batch.Last, "INV-82", "a batch is cut at one of its own records");
        int offset = 0;
        var records = batch.GetEnumerator();
        for (var seq = batch.First; seq < first && records.MoveNext(); seq = seq.Next)
        {
            offset += records.Current.Bytes.Length + Overhead;
        }

        int skipped = (int)(first.Value - batch.First.Value);
        return batch with { First = first, Count = batch.Count - skipped, Records = batch.Records[offset..] };
    }
}
