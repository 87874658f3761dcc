using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>What the fold knows once: the parameters, finality, block time, gaps, and the counters its lists continue from.</summary>
internal sealed class ChainEntry(ChainId chain) : DigestedEntry
{
    public ChainId Chain { get; } = chain;

    public FoldParameters Parameters { get; set; } = new();

    /// <summary>Highest final height; null before the first. It never falls.</summary>
    public BlockNumber? Final { get; set; }

    /// <summary>The newest block that left the window, on which the window stands.</summary>
    public Hash256 FinalHash { get; set; }

    /// <summary>The timestamp of that block.</summary>
    public ulong FinalTimeSeconds { get; set; }

    /// <summary>Timestamp of the head; of the last one known when a reorg left none.</summary>
    public ulong TimeSeconds { get; set; }

    /// <summary>Timestamp of the first block ever; the wait of what came before it counts from there.</summary>
    public ulong FirstBlockTimeSeconds { get; set; }

    /// <summary>Times that blocks were missed.</summary>
    public ulong Gaps { get; set; }

    /// <summary>Sightings by sources for which the table had no room.</summary>
    public ulong UnlistedSightings { get; set; }

    /// <summary>Last numbers of the waiting, settled, settled-hash and idle-account lists, and of that of sources gone.</summary>
    public ListOrdinals LastOrdinals { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.Chain);
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
        writer.Write(UnlistedSightings);
        writer.Write(LastOrdinals.Waiting);
        writer.Write(LastOrdinals.Settled);
        writer.Write(LastOrdinals.SettledHashes);
        writer.Write(LastOrdinals.IdleAccounts);
        writer.Write(LastOrdinals.GoneSources);
    }

    public static ChainEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag.Chain);
        var entry = new ChainEntry(new ChainId(reader.ReadUInt64()))
        {
            Parameters = new FoldParameters
            {
                ConfirmationDepthBlocks = reader.ReadUInt64(),
                ExpirySeconds = reader.ReadUInt64(),
                FeeBumpPercent = reader.ReadUInt32(),
                BlobFeeBumpPercent = reader.ReadUInt32(),
                RetentionBlocks = reader.ReadUInt64(),
            },
        };
        bool hasFinal = reader.ReadBoolean();
        ulong final = reader.ReadUInt64();
        entry.Final = hasFinal ? new BlockNumber(final) : null;
        entry.FinalHash = reader.ReadHash();
        entry.FinalTimeSeconds = reader.ReadUInt64();
        entry.TimeSeconds = reader.ReadUInt64();
        entry.FirstBlockTimeSeconds = reader.ReadUInt64();
        entry.Gaps = reader.ReadUInt64();
        entry.UnlistedSightings = reader.ReadUInt64();
        entry.LastOrdinals = new ListOrdinals(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());
        return entry;
    }
}
