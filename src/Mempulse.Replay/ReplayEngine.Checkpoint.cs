using System.IO.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;

namespace Mempulse.Replay;

/// <summary>Checkpoints: the whole engine in one canonical encoding. Bytes: docs/formats/checkpoint.md.</summary>
public sealed partial class ReplayEngine
{
    /// <summary>Version of a checkpoint's encoding; another one is refused.</summary>
    public const uint CheckpointVersion = 1;

    private const uint CheckpointMagic = 0x4b43504d; // "MPCK"

    /// <summary>Writes everything that is needed to go on from <see cref="Applied"/>, the digest and a hash over all of it.</summary>
    public void SaveCheckpoint(ByteBuffer into)
    {
        int start = into.Length;
        var writer = new EntryWriter(into);
        writer.Write(CheckpointMagic);
        writer.Write(CheckpointVersion);
        writer.Write(RuleVersion);
        writer.Write(Chain.Value);
        writer.Write(Applied.Value);
        writer.Write(EventTime.Value);
        writer.Write(Digest().Value);
        foreach (var derivation in _derivations)
        {
            derivation.Save(writer);
        }

        _expected.Save(writer);
        writer.Write(XxHash128.HashToUInt128(into.WrittenSpan[start..]));
    }

    /// <summary>An engine that goes on where the checkpoint was saved. Its digest was computed from the entries and compared.</summary>
    /// <exception cref="CheckpointException">Damaged, of another format, chain or rules, or its entries do not have its digest.</exception>
    public static ReplayEngine Restore(ChainId chain, ReadOnlySpan<byte> checkpoint, params IReadOnlyList<IDerivation> further)
    {
        var engine = new ReplayEngine(chain, further);
        engine.Restore(checkpoint);
        return engine;
    }

    private void Restore(ReadOnlySpan<byte> checkpoint)
    {
        var reader = new EntryReader(CheckpointEnvelope.Unwrap(checkpoint));
        CheckpointEnvelope.ExpectHeader(ref reader, CheckpointMagic, CheckpointVersion);
        string rules = reader.ReadString();
        if (rules != RuleVersion)
        {
            throw new CheckpointException($"The checkpoint was made by rules '{rules}'; this is '{RuleVersion}'.");
        }

        ulong chain = reader.ReadUInt64();
        if (chain != Chain.Value)
        {
            throw new CheckpointException($"The checkpoint is of chain {chain}, not of {Chain}.");
        }

        Applied = new GlobalSeq(reader.ReadUInt64());
        EventTime = new UnixNanoseconds(reader.ReadInt64());
        var digest = new StateDigest(reader.ReadUInt128());
        foreach (var derivation in _derivations)
        {
            derivation.Restore(ref reader);
        }

        _expected.Restore(ref reader);
        CheckpointEnvelope.ExpectEnd(reader);
        var actual = Digest();
        if (actual != digest)
        {
            throw new CheckpointException($"The checkpoint's entries have digest {actual}; {digest} was saved.");
        }
    }
}
