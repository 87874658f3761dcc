using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;

namespace Mempulse.Canon.Appending;

/// <summary>Deletes old segments: oldest first, and only below a snapshot that was read back and verified.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Retention(ILogFileSystem files, string directory, LogState state, EpochFence fence)
{
    private readonly Lock _lock = new();

    /// <summary>Deletes the sealed segments that lie wholly below <paramref name="keepFrom"/> and below the verified snapshots.</summary>
    /// <returns>The first position still in the log.</returns>
    public GlobalSeq DeleteBelow(SnapshotStore snapshots, GlobalSeq keepFrom)
    {
        lock (_lock)
        {
            var verified = snapshots.VerifiedFloor();
            var lowest = keepFrom <= verified.Next ? keepFrom : verified.Next;
            var segments = state.Segments;
            int deletable = 0;
            while (deletable + 1 < segments.Count && segments[deletable + 1].First <= lowest)
            {
                deletable++;
            }

            if (deletable > 0)
            {
                Delete(segments, deletable);
                snapshots.DeleteBelow(state.Segments[0].First, fence.Check);
            }

            return state.Segments[0].First;
        }
    }

    private void Delete(IReadOnlyList<Segment> segments, int count)
    {
        // Write the floor first, so that the next opening knows these segments as deleted and not as lost.
        RetentionFloor.Write(files, directory, fence, new GlobalSeq(segments[count].First.Value - 1));
        for (int index = 0; index < count; index++)
        {
            fence.Check(); // before each call, so that a writer that was paused does no more than the call that it was paused in
            state.RemoveOldest();
            files.Delete(segments[index].Path);
            fence.Check();
            files.Delete(Path.Combine(directory, segments[index].Name.KeysFileName));
        }

        fence.Check();
        files.SyncDirectory(directory);
    }
}
