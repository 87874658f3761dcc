using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Lanes;

/// <summary>Reads lane sequences from encoded records.</summary>
internal static class LaneScan
{
    /// <summary>Assigns the last position of each run of records that share a lane, for all records of a frame.</summary>
    public static void Assign(LaneTable lanes, GlobalSeq first, ReadOnlySpan<byte> records)
    {
        var lane = default(LaneId);
        LaneSequence? pending = null;
        var walk = new RecordEnumerator(first, records);
        while (walk.MoveNext())
        {
            var record = walk.Current;
            if (pending is { } position && record.Lane != lane)
            {
                lanes.Assign(lane, position);
            }

            (lane, pending) = (record.Lane, record.Meta.LaneSequence);
        }

        if (pending is { } last)
        {
            lanes.Assign(lane, last);
        }
    }

    /// <summary>Finds where the part of a batch past <paramref name="last"/> begins.</summary>
    /// <returns>Byte offset in the batch's records, and the number of records before it.</returns>
    public static (int Offset, int Skipped) FirstPast(EventBatch batch, LaneSequence last)
    {
        int offset = 0;
        int skipped = 0;
        var walk = new RecordEnumerator(GlobalSeq.None, batch.Records.Span);
        while (walk.MoveNext() && walk.Current.Meta.LaneSequence <= last)
        {
            offset += RecordFraming.OverheadBytes + walk.Current.Bytes.Length;
            skipped++;
        }

        return (offset, skipped);
    }
}
