using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Schedules.Tests.Scenarios;

/// <summary>Batches of sightings, each of a numbered transaction.</summary>
internal static class Sightings
{
    public static Hash256 Hash(int number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Fill(0xaa);
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new Hash256(bytes);
    }

    public static int NumberOf(in RecordView record) => BinaryPrimitives.ReadInt32BigEndian(record.TxKey.ToArray());

    /// <summary>Sightings with local numbers from <paramref name="firstLocal"/>; each is of the transaction with that number.</summary>
    public static EventBatch Batch(LaneId lane, ulong firstLocal, int count)
    {
        var batch = new EventBatch(lane, 1024);
        for (ulong local = firstLocal; local < firstLocal + (ulong)count; local++)
        {
            batch.AddSeen(Hash((int)local), SightingVia.HashSubscription, RecordMeta.Fact(lane, local, new UnixNanoseconds(1), default));
        }

        return batch;
    }

    /// <summary>Records at consecutive positions, as a log delivers them.</summary>
    public static SequencedBatch At(ulong first, int count, ulong watermark, ulong epoch = 1)
    {
        var batch = Batch(LaneId.Of("lane"), first, count);
        return new SequencedBatch(new Epoch(epoch), new GlobalSeq(first), count, new GlobalSeq(watermark), batch.Records.ToArray());
    }

    /// <summary>The lane and the number of each record.</summary>
    public static List<(LaneId Lane, int Number)> Read(SequencedBatch batch)
    {
        var read = new List<(LaneId, int)>();
        foreach (var record in batch)
        {
            read.Add((record.Lane, NumberOf(record)));
        }

        return read;
    }
}
