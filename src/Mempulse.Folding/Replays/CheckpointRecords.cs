using System.Buffers.Binary;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Replays;

/// <summary>The digests that the live fold recorded with its checkpoints.</summary>
/// <remarks>Only those by the rules of the replay can be compared with it: other rules encode or decide something else, so their digests differ without a fault.</remarks>
public static class CheckpointRecords
{
    /// <summary>Events after a range in which the records that follow from it are looked for: derived events, and the record of a checkpoint once it is saved.</summary>
    public const ulong RecordedWithin = 65_536;

    /// <summary>The digests by position, of the checkpoints after one position and up to another. One scan of the log.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="rules">The rules of the replay.</param>
    /// <param name="first">The position before the first checkpoint.</param>
    /// <param name="last">The last position, inclusive.</param>
    /// <param name="stop">Cancels the scan.</param>
    public static IReadOnlyDictionary<GlobalSeq, StateDigest> Read(ILogReader reader, string rules, GlobalSeq first, GlobalSeq last, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var found = new SortedDictionary<GlobalSeq, StateDigest>();
        if (first >= last)
        {
            return found;
        }

        ulong end = last.Value + RecordedWithin;
        using var scan = reader.Scan(first.Next);
        while (scan.MoveNext() && scan.Current!.First.Value <= end)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var record in scan.Current)
            {
                if (TryRead(record, rules, out var at, out var digest) && at > first && at <= last)
                {
                    found[at] = digest;
                }
            }
        }

        return found;
    }

    /// <summary>The position and the digest of a checkpoint; false if the record reports no checkpoint by these rules.</summary>
    internal static bool TryRead(in RecordView record, string rules, out GlobalSeq at, out StateDigest digest)
    {
        (at, digest) = (default, default);
        if (record.Kind != LogEvent.CheckpointTaken.KindNumber || LogEvent.Decode(record) is not LogEvent.CheckpointTaken taken || taken.RuleVersion != rules)
        {
            return false;
        }

        Span<byte> padded = stackalloc byte[Hash256.Size];
        taken.Digest.CopyTo(padded);
        (at, digest) = (taken.At, new StateDigest(BinaryPrimitives.ReadUInt128BigEndian(padded[(Hash256.Size / 2)..])));
        return true;
    }
}
