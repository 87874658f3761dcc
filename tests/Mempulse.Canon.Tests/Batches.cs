using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Tests;

/// <summary>Batches to append: sightings of numbered transactions.</summary>
internal static class Batches
{
    public static Hash256 TxHash(ulong number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Fill(0xaa);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], number);
        return new Hash256(bytes);
    }

    /// <summary>A batch of <paramref name="count"/> sightings with local numbers from <paramref name="firstLocal"/>; each is of the transaction with that number.</summary>
    public static EventBatch Seen(LaneId lane, ulong firstLocal, int count)
    {
        var batch = new EventBatch(lane);
        Fill(batch, firstLocal, count);
        return batch;
    }

    public static void Fill(EventBatch batch, ulong firstLocal, int count)
    {
        for (ulong local = firstLocal; local < firstLocal + (ulong)count; local++)
        {
            batch.AddSeen(TxHash(local), SightingVia.HashSubscription, RecordMeta.Fact(batch.Lane, local, new UnixNanoseconds(1), default));
        }
    }

    /// <summary>A batch of records of chosen sizes, each with its length and CRC; their kind is unknown and their payload zeros.</summary>
    public static EventBatch Sized(LaneId lane, ulong firstLocal, params int[] sizes)
    {
        var bytes = new byte[sizes.Sum()];
        int at = 0;
        foreach (int size in sizes)
        {
            var record = bytes.AsSpan(at + 4, size - RecordFraming.OverheadBytes);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), record.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(record, ushort.MaxValue);
            record[2] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(record[4..], lane.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(record[8..], firstLocal++);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 4 + record.Length), Crc32C.Compute(record));
            at += size;
        }

        return EventBatch.FromEncoded(lane, sizes.Length, bytes);
    }
}
