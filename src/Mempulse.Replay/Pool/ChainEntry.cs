using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>The state of the chain besides its blocks: the parameters, finality, block time and gaps.</summary>
internal sealed class ChainEntry(ChainId chain) : StateEntry
{
    /// <summary>Maximum number of abandoned chains kept; beyond it the oldest is forgotten.</summary>
    public const int MaxAbandoned = 16;

    private readonly List<AbandonedChain> _abandoned = [];

    public override byte Tag => PoolTags.Chain;

    public ChainId Chain { get; } = chain;

    public FoldParameters Parameters { get; set; } = new();

    /// <summary>Highest final height; null before the first, and after a chain was abandoned. Otherwise it never falls.</summary>
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

    /// <summary>The chains that were left beyond finality, the newest last, at most <see cref="MaxAbandoned"/>.</summary>
    public IReadOnlyList<AbandonedChain> Abandoned => [.. _abandoned];

    /// <summary>Adds an abandoned chain. Nothing is final on the new one yet.</summary>
    public void Abandon(AbandonedChain left)
    {
        if (_abandoned.Count == MaxAbandoned)
        {
            _abandoned.RemoveAt(0);
        }

        _abandoned.Add(left);
        Final = null;
        FinalHash = Hash256.Zero;
        FinalTimeSeconds = 0;
        Gaps++;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Chain.Value);
        writer.Write(Parameters.ConfirmationDepthBlocks);
        writer.Write(Parameters.ExpirySeconds);
        writer.Write(Parameters.FeeBumpPercent);
        writer.Write(Parameters.BlobFeeBumpPercent);
        writer.Write(Parameters.RetentionBlocks);
        writer.Write((byte)Parameters.FeeBumpRule);
        writer.Write(Final is not null);
        writer.Write(Final?.Value ?? 0);
        writer.Write(FinalHash);
        writer.Write(FinalTimeSeconds);
        writer.Write(TimeSeconds);
        writer.Write(FirstBlockTimeSeconds);
        writer.Write(Gaps);
        writer.WriteCount(_abandoned.Count);
        foreach (var left in _abandoned)
        {
            writer.Write(left.At.Value);
            writer.Write(left.OldHead);
            writer.Write(left.OldNumber.Value);
            writer.Write(left.NewHead);
            writer.Write(left.NewNumber.Value);
            writer.Write(left.CommonAncestor is not null);
            writer.Write(left.CommonAncestor?.Value ?? 0);
        }
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
            FeeBumpRule = reader.ReadEnum(FeeBumpRule.WholeNumbers),
        };
        bool hasFinal = reader.ReadBoolean();
        ulong final = reader.ReadUInt64();
        Final = hasFinal ? new BlockNumber(final) : null;
        FinalHash = reader.ReadHash();
        FinalTimeSeconds = reader.ReadUInt64();
        TimeSeconds = reader.ReadUInt64();
        FirstBlockTimeSeconds = reader.ReadUInt64();
        Gaps = reader.ReadUInt64();
        _abandoned.Clear();
        int abandoned = reader.ReadCount();
        if (abandoned > MaxAbandoned)
        {
            throw reader.Malformed($"{abandoned} abandoned chains exceed the limit of {MaxAbandoned}");
        }

        for (int left = abandoned; left > 0; left--)
        {
            _abandoned.Add(ReadAbandoned(ref reader));
        }
    }

    private static AbandonedChain ReadAbandoned(ref EntryReader reader)
    {
        var at = new UnixNanoseconds(reader.ReadInt64());
        var (oldHead, oldNumber) = (reader.ReadHash(), new BlockNumber(reader.ReadUInt64()));
        var (newHead, newNumber) = (reader.ReadHash(), new BlockNumber(reader.ReadUInt64()));
        bool isKnown = reader.ReadBoolean();
        ulong ancestor = reader.ReadUInt64();
        return new AbandonedChain(at, oldHead, oldNumber, newHead, newNumber, isKnown ? new BlockNumber(ancestor) : null);
    }
}
