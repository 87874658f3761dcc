using System.Buffers.Binary;
using Mempulse.Primitives;
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
}
