using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The last verdict of a bundle's entry. What the bundle says is not written again.</summary>
internal static class VerdictCodec
{
    public static void Write(EntryWriter writer, LogEvent.BundleOutcome verdict)
    {
        writer.Write((byte)verdict.Verdict);
        writer.Write((byte)verdict.Strength);
        writer.Write((byte)verdict.Need);
        writer.Write(verdict.Block is not null);
        writer.Write(verdict.Block ?? default);
        writer.Write(verdict.By is not null);
        writer.Write(verdict.By ?? default);
        writer.Write(verdict.Index is not null);
        writer.WriteCount(verdict.Index ?? 0);
        writer.Write(verdict.IsRealisedKnown);
        BuiltCodec.Write(writer, verdict.Realised);
        writer.Write(verdict.Relay);
        writer.WriteCount(verdict.Evidence.Count);
        foreach (var record in verdict.Evidence)
        {
            writer.Write(record.Seq.Value);
        }

        writer.Write(verdict.Rules);
    }

    public static LogEvent.BundleOutcome Read(ref EntryReader reader, LogEvent.BundleBuilt built)
    {
        var (verdict, strength, need) = ((BundleVerdict)reader.ReadByte(), (EvidenceStrength)reader.ReadByte(), (OutcomeNeed)reader.ReadByte());
        var (block, by) = (ReadHash(ref reader), ReadHash(ref reader));
        bool hasIndex = reader.ReadBoolean();
        int index = reader.ReadInt32();
        return new LogEvent.BundleOutcome
        {
            Bundle = built.Bundle,
            Block = block,
            By = by,
            Verdict = verdict,
            Strength = strength,
            Need = need,
            Number = built.Target,
            Index = hasIndex ? index : null,
            Simulated = built.Profit,
            IsRealisedKnown = reader.ReadBoolean(),
            Realised = BuiltCodec.ReadDelta(ref reader),
            Relay = reader.ReadString(),
            Evidence = ReadEvidence(ref reader),
            Rules = reader.ReadString(),
        };
    }

    private static Hash256? ReadHash(ref EntryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        var hash = reader.ReadHash();
        return isThere ? hash : null;
    }

    private static EvidenceRecord[] ReadEvidence(ref EntryReader reader)
    {
        var evidence = new EvidenceRecord[reader.ReadCount()];
        for (int i = 0; i < evidence.Length; i++)
        {
            evidence[i] = new EvidenceRecord(new GlobalSeq(reader.ReadUInt64()));
        }

        return evidence;
    }
}
