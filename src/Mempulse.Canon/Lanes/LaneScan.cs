using System.Globalization;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Lanes;

/// <summary>Reads lane sequences from encoded records.</summary>
internal static class LaneScan
{
    /// <summary>Assigns the last position of each run of records that share a lane, for all records of a frame.</summary>
    /// <exception cref="EventDecodeException">A record is malformed, there are not <paramref name="count"/> of them, or a lane's sequence does not rise.</exception>
    public static void Assign(LaneTable lanes, GlobalSeq first, int count, ReadOnlySpan<byte> records)
    {
        var lane = default(LaneId);
        LaneSequence? pending = null;
        var walk = new RecordEnumerator(first, count, records);
        while (walk.MoveNext())
        {
            var record = walk.Current;
            if (pending is { } position && record.Lane != lane)
            {
                Assign(lanes, lane, position);
            }

            (lane, pending) = (record.Lane, record.Meta.LaneSequence);
        }

        if (pending is { } last)
        {
            Assign(lanes, lane, last);
        }
    }

    /// <summary>The same, with what is wrong as damage.</summary>
    /// <param name="lanes">The lanes as of the frame's start.</param>
    /// <param name="path">The segment file.</param>
    /// <param name="offset">The frame's offset.</param>
    /// <param name="frame">The frame's header.</param>
    /// <param name="records">The frame's payload.</param>
    /// <returns>The damage, with the positions that it costs; null if the records are whole.</returns>
    public static LogDamage? TryAssign(LaneTable lanes, string path, long offset, in FrameHeader frame, ReadOnlySpan<byte> records)
    {
        try
        {
            Assign(lanes, frame.First, frame.Count, records);
            return null;
        }
        catch (EventDecodeException error)
        {
            return new LogDamage(path, offset, string.Create(CultureInfo.InvariantCulture, $"{frame.Count} whole records in the frame of seq {frame.First}"), error.Message)
                .Costing(frame.First, frame.Last.Next);
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

    private static void Assign(LaneTable lanes, LaneId lane, LaneSequence last)
    {
        if (lanes.LastAssigned(lane) is { } before && last <= before)
        {
            throw new EventDecodeException(string.Create(CultureInfo.InvariantCulture, $"Lane {lane} goes from {before} to {last}."));
        }

        lanes.Assign(lane, last);
    }
}
