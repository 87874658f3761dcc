using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

/// <summary>Snapshots of an arbitrary state.</summary>
internal static class Snapshotting
{
    /// <summary>Writes a snapshot in two pieces and completes it.</summary>
    /// <returns>The file's path.</returns>
    public static string Write(SnapshotStore store, ulong seq, byte[] content, ulong epoch = 1)
    {
        using var writer = store.Begin(new GlobalSeq(seq), new Epoch(epoch));
        writer.Append(content.AsSpan(0, content.Length / 2));
        writer.Append(content.AsSpan(content.Length / 2));
        return writer.Complete(new SnapshotMark(new GlobalSeq(seq), new Epoch(epoch), new StateDigest(seq), 1, "rules 1"));
    }
}
