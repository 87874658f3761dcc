using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Audits;

/// <summary>What the log knew of a transaction when a block came. Part of <see cref="BlockEvidence"/>.</summary>
internal sealed class TxEvidence
{
    /// <summary>Maximum number of announcements kept.</summary>
    public const int MaxArrivals = 16;

    public required Hash256 Hash { get; init; }

    public required Address Sender { get; init; }

    public required ulong Nonce { get; init; }

    /// <summary>Its index in the block; of no meaning for an absent one.</summary>
    public required int Index { get; init; }

    /// <summary>The first announcement before the block, in Unix nanoseconds; 0 for none.</summary>
    public required long HeardAt { get; init; }

    public required bool HasBody { get; init; }

    /// <summary>Tip per gas at the block's base fee; zero without a body.</summary>
    public required UInt256 Tip { get; init; }

    public required ulong GasLimit { get; init; }

    /// <summary>Gas used by its receipt; 0 until one is on record.</summary>
    public ulong GasUsed { get; set; }

    /// <summary>Live sources that announced it before the slot began.</summary>
    public required int HeardBy { get; init; }

    /// <summary>Of these, the ones that did so before the window.</summary>
    public required int HadBy { get; init; }

    /// <summary>Of the reasons, those that are known when the block comes.</summary>
    public required AuditReasons Reasons { get; init; }

    /// <summary>The transaction that held its nonce in the pool; zero for none.</summary>
    public Hash256 Replaces { get; set; }

    /// <summary>When that one was announced.</summary>
    public long ReplacedHeardAt { get; set; }

    /// <summary>The first announcement after the block; 0 for none.</summary>
    public long LateAt { get; set; }

    /// <summary>The record of that one. Positions are not digested: the digest is a function of the facts alone.</summary>
    public GlobalSeq LateIn { get; set; }

    /// <summary>Announcements: the observer and Unix nanoseconds.</summary>
    public required (uint Observer, long At)[] Arrivals { get; init; }

    /// <summary>The first announcements of a transaction of the pool.</summary>
    public static (uint Observer, long At)[] ArrivalsOf(TxEntry tx)
    {
        ref var sources = ref tx.Spread.Sources;
        var arrivals = new (uint Observer, long At)[Math.Min(sources.Count, MaxArrivals)];
        for (int i = 0; i < arrivals.Length; i++)
        {
            arrivals[i] = (sources[i].Observer, AuditTimes.After(tx.FirstAt.Value, sources[i].Micros));
        }

        return arrivals;
    }

    public void Encode(EntryWriter writer)
    {
        writer.Write(Hash);
        writer.Write(Sender);
        writer.Write(Nonce);
        writer.WriteCount(Index);
        writer.Write(HeardAt);
        writer.Write(HasBody);
        writer.Write(Tip);
        writer.Write(GasLimit);
        writer.Write(GasUsed);
        writer.WriteCount(HeardBy);
        writer.WriteCount(HadBy);
        writer.Write((uint)Reasons);
        writer.Write(Replaces);
        writer.Write(ReplacedHeardAt);
        writer.Write(LateAt);
        writer.WriteCount(Arrivals.Length);
        foreach (var (observer, at) in Arrivals)
        {
            writer.Write(observer);
            writer.Write(at);
        }
    }

    public static TxEvidence Decode(ref EntryReader reader) => new()
    {
        Hash = reader.ReadHash(),
        Sender = reader.ReadAddress(),
        Nonce = reader.ReadUInt64(),
        Index = reader.ReadInt32(),
        HeardAt = reader.ReadInt64(),
        HasBody = reader.ReadBoolean(),
        Tip = reader.ReadUInt256(),
        GasLimit = reader.ReadUInt64(),
        GasUsed = reader.ReadUInt64(),
        HeardBy = reader.ReadInt32(),
        HadBy = reader.ReadInt32(),
        Reasons = (AuditReasons)reader.ReadInt32(),
        Replaces = reader.ReadHash(),
        ReplacedHeardAt = reader.ReadInt64(),
        LateAt = reader.ReadInt64(),
        Arrivals = DecodeArrivals(ref reader),
    };

    private static (uint Observer, long At)[] DecodeArrivals(ref EntryReader reader)
    {
        var arrivals = new (uint Observer, long At)[reader.ReadCount()];
        for (int i = 0; i < arrivals.Length; i++)
        {
            arrivals[i] = (reader.ReadUInt32(), reader.ReadInt64());
        }

        return arrivals;
    }
}
