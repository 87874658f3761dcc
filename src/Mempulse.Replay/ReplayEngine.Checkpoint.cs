using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay;

/// <summary>Checkpoints: the whole engine in one canonical encoding. Format: docs/formats/checkpoint.md.</summary>
public sealed partial class ReplayEngine
{
    /// <summary>Version of a checkpoint's encoding; another version is refused.</summary>
    public const uint CheckpointVersion = 2;

    private const uint CheckpointMagic = 0x4b43504d; // "MPCK"

    /// <summary>Begins a checkpoint of the state at <see cref="Applied"/>. Further facts may be applied while it is saved.</summary>
    /// <remarks>Costs a few milliseconds for each 100,000 entries: it copies references, not entries.</remarks>
    /// <exception cref="InvariantBrokenException">A checkpoint is in progress.</exception>
    public PendingCheckpoint BeginCheckpoint()
    {
        var head = new ByteBuffer();
        var writer = new EntryWriter(head);
        writer.Write(CheckpointMagic);
        writer.Write(CheckpointVersion);
        writer.Write(RuleVersion);
        writer.Write(Chain.Value);
        writer.Write(Applied.Value);
        writer.Write(EventTime.Value);

        var values = new ByteBuffer();
        var digest = StateDigest.Empty;
        List<FrozenTable> tables = [];
        foreach (var derivation in _derivations)
        {
            derivation.Ledger.Freeze();
            var saved = new CheckpointWriter(values, tables, derivation.Ledger);
            derivation.Save(saved);
            digest = digest.Plus(saved.Digest);
        }

        _expected.Save(new EntryWriter(values));
        writer.Write(values.WrittenSpan);
        return new PendingCheckpoint(Applied, head, digest, tables, EndCheckpoint);
    }

    /// <summary>Writes a whole checkpoint in one call: for tools that apply no facts meanwhile.</summary>
    public void SaveCheckpoint(ByteBuffer into)
    {
        using var checkpoint = BeginCheckpoint();
        checkpoint.Sort();
        checkpoint.SaveNext(int.MaxValue, into);
    }

    /// <summary>An engine that continues from the checkpoint. Its digest is recomputed from the entries and compared.</summary>
    /// <exception cref="CheckpointException">Damaged, of another format, chain or rules, or the entries do not match the saved digest.</exception>
    public static ReplayEngine Restore(ChainId chain, ReadOnlySpan<byte> checkpoint, params IReadOnlyList<IDerivation> further) =>
        Restore(chain, EventCatalog.Core, checkpoint, further);

    /// <summary>The same, with the event kinds that its derivations add.</summary>
    /// <exception cref="CheckpointException">Damaged, of another format, chain or rules, or the entries do not match the saved digest.</exception>
    public static ReplayEngine Restore(ChainId chain, EventCatalog events, ReadOnlySpan<byte> checkpoint, params IReadOnlyList<IDerivation> further)
    {
        var engine = new ReplayEngine(chain, events, further);
        engine.Restore(checkpoint);
        return engine;
    }

    private void EndCheckpoint()
    {
        foreach (var derivation in _derivations)
        {
            derivation.Ledger.Thaw();
        }
    }

    private void Restore(ReadOnlySpan<byte> checkpoint)
    {
        var reader = new EntryReader(CheckpointEnvelope.Unwrap(checkpoint));
        CheckpointEnvelope.ExpectHeader(ref reader, CheckpointMagic, CheckpointVersion);
        string rules = reader.ReadString();
        if (rules != RuleVersion)
        {
            throw new CheckpointException($"Cannot use the checkpoint: it was taken with rules '{rules}', and this build has '{RuleVersion}'. The log is replayed instead.");
        }

        ulong chain = reader.ReadUInt64();
        if (chain != Chain.Value)
        {
            throw new CheckpointException($"The checkpoint belongs to chain {chain}: expected chain {Chain}.");
        }

        Applied = new GlobalSeq(reader.ReadUInt64());
        EventTime = new UnixNanoseconds(reader.ReadInt64());
        var parts = new CheckpointReader(new EntryReader(reader.ReadBytes()), reader);
        foreach (var derivation in _derivations)
        {
            derivation.Restore(ref parts);
        }

        _expected.Restore(ref parts.Values);
        var digest = new StateDigest(parts.ReadDigest());
        var actual = Digest();
        if (actual != digest)
        {
            throw new CheckpointException($"The checkpoint is damaged: expected digest {digest}, found {actual}.");
        }
    }
}
