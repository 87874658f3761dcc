using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>The state of the chain besides its blocks: the parameters, finality, block time and gaps.</summary>
internal sealed class ChainEntry(ChainId chain) : StateEntry
{
    public override byte Tag => PoolTags.Chain;

    public ChainId Chain { get; } = chain;

    public FoldParameters Parameters { get; set; } = new();

    /// <summary>Highest final height; null before the first. It never falls.</summary>
    public BlockNumber? Final { get; set; }

    /// <summary>The newest block that left the window: the parent of the window's lowest block.</summary>
    public Hash256 FinalHash { get; set; }

    /// <summary>The timestamp of that block.</summary>
    public ulong FinalTimeSeconds { get; set; }

    /// <summary>Timestamp of the head; of the last known head when a reorg left no block.</summary>
    public ulong TimeSeconds { get; set; }

    /// <summary>Timestamp of the first block ever; earlier waits count from there.</summary>
    public ulong FirstBlockTimeSeconds { get; set; }

    /// <summary>Number of times that blocks were missed.</summary>
    public ulong Gaps { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Chain.Value);
        writer.Write(Parameters.ConfirmationDepthBlocks);
        writer.Write(Parameters.ExpirySeconds);
        writer.Write(Parameters.FeeBumpPercent);
        writer.Write(Parameters.BlobFeeBumpPercent);
        writer.Write(Parameters.RetentionBlocks);
        writer.Write(Final is not null);
        writer.Write(Final?.Value ?? 0);
        writer.Write(FinalHash);
        writer.Write(FinalTimeSeconds);
        writer.Write(TimeSeconds);
        writer.Write(FirstBlockTimeSeconds);
        writer.Write(Gaps);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote into this entry.</summary>
    /// <exception cref="CheckpointException">The bytes are malformed, or of another chain.</exception>
    public void Read(ref EntryReader reader)
    {
        reader.Expect(PoolTags.Chain);
        var chain = new ChainId(reader.ReadUInt64());
        if (chain != Chain)
        {
            throw reader.Malformed($"its state belongs to chain {chain}: expected chain {Chain}");
        }

        Parameters = new FoldParameters
        {
            ConfirmationDepthBlocks = reader.ReadUInt64(),
            ExpirySeconds = reader.ReadUInt64(),
            FeeBumpPercent = reader.ReadUInt32(),
            BlobFeeBumpPercent = reader.ReadUInt32(),
            RetentionBlocks = reader.ReadUInt64(),
        };
        bool hasFinal = reader.ReadBoolean();
        ulong final = reader.ReadUInt64();
        Final = hasFinal ? new BlockNumber(final) : null;
        FinalHash = reader.ReadHash();
        FinalTimeSeconds = reader.ReadUInt64();
        TimeSeconds = reader.ReadUInt64();
        FirstBlockTimeSeconds = reader.ReadUInt64();
        Gaps = reader.ReadUInt64();
    }
}
