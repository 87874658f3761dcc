using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>Verifies a whole log without changing it; safe beside a live writer.</summary>
public static class LogVerifier
{
    /// <summary>How often the list of segments is read again when retention has deleted one of them in the meantime.</summary>
    private const int MaxLoads = 3;

    /// <summary>Reads every byte of the log in a directory.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="directory">The directory of the log.</param>
    /// <param name="progress">Receives the fraction done in thousandths after each segment; null for no reports.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <exception cref="DirectoryNotFoundException">The directory holds no log.</exception>
    public static VerificationReport Verify(ILogFileSystem files, string directory, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        string lockPath = Path.Combine(directory, LogFileNames.Lock);
        var damage = new List<LogDamage>();
        bool isLive = files.IsLocked(lockPath);

        // Before the segments: what the floor names is in any list of segments that is read later.
        var floor = ReadFloor(files, directory, damage);
        LogChain chain;
        try
        {
            chain = Load(files, directory);
        }
        catch (LogCorruptException error) when (error.Damage is not null)
        {
            return UnlinkedSegments.Verify(files, directory, [.. damage, error.Damage], cancellationToken);
        }

        if (chain.Segments.Count == 0)
        {
            return floor.LostEnd(directory, tail: null) is { } lost
                ? new VerificationReport(GlobalSeq.None, GlobalSeq.None, 0, 0, 0, 0, [], [.. damage, lost])
                : throw SegmentFiles.NoneIn(directory);
        }

        var (frames, events) = VerifySealed(files, chain, damage, progress, cancellationToken);
        var last = LastSegment.Verify(files, chain.Segments[^1], floor, () => isLive || files.IsLocked(lockPath), cancellationToken);
        damage.AddRange(last.Damage);
        progress?.Report(1000);
        return new VerificationReport(
            chain.Segments[0].First, last.Last, chain.Segments.Count, frames + last.Frames, events + last.Events, last.TornBytes, chain.Orphans, damage);
    }

    private static DurableFloor ReadFloor(ILogFileSystem files, string directory, List<LogDamage> damage)
    {
        try
        {
            return DurableFloor.Read(files, directory, GlobalSeq.None);
        }
        catch (LogCorruptException error) when (error.Damage is not null)
        {
            damage.Add(error.Damage);
            return new DurableFloor(GlobalSeq.None, "nothing", GlobalSeq.None);
        }
    }

    private static LogChain Load(ILogFileSystem files, string directory)
    {
        for (int load = 1; ; load++)
        {
            try
            {
                return LogChain.Load(files, directory, chain: null);
            }
            catch (FileNotFoundException) when (load < MaxLoads)
            {
                // A writer's retention has deleted a segment since the directory was listed.
            }
        }
    }

    private static (long Frames, long Events) VerifySealed(
        ILogFileSystem files, LogChain chain, List<LogDamage> damage, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        long frames = 0;
        long events = 0;
        for (int index = 0; index + 1 < chain.Segments.Count; index++)
        {
            try
            {
                var findings = SegmentVerifier.Verify(files, chain.Segments[index], chain.Segments[index + 1].Header, cancellationToken);
                frames += findings.Frames;
                events += findings.Events;
                damage.AddRange(findings.Damage);
            }
            catch (FileNotFoundException) when (RetentionFloor.Read(files, Path.GetDirectoryName(chain.Segments[index].Path)!).Next >= chain.Segments[index + 1].First)
            {
                // A writer's retention has just deleted it.
            }

            progress?.Report((index + 1) * 1000 / chain.Segments.Count);
        }

        return (frames, events);
    }
}
