using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>Verifies a whole log without changing it.</summary>
/// <remarks>Run it while no writer is active: frames written during the scan can make the tail of the last segment look damaged.</remarks>
public static class LogVerifier
{
    /// <summary>Reads every byte of the log in a directory.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="directory">The directory of the log.</param>
    /// <param name="progress">Receives the fraction done in thousandths after each segment; null for no reports.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <exception cref="DirectoryNotFoundException">The directory holds no log.</exception>
    public static VerificationReport Verify(ILogFileSystem files, string directory, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        LogChain chain;
        try
        {
            chain = LogChain.Load(files, directory, chain: null);
        }
        catch (LogCorruptException error) when (error.Damage is not null)
        {
            return new VerificationReport(GlobalSeq.None, GlobalSeq.None, 0, 0, 0, 0, [], [error.Damage]);
        }

        return chain.Segments.Count == 0
            ? throw SegmentFiles.NoneIn(directory)
            : Verify(files, chain, progress, cancellationToken);
    }

    private static VerificationReport Verify(ILogFileSystem files, LogChain chain, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var damage = new List<LogDamage>();
        long frames = 0;
        long events = 0;
        for (int index = 0; index + 1 < chain.Segments.Count; index++)
        {
            var findings = SegmentVerifier.Verify(files, chain.Segments[index], chain.Segments[index + 1].Header, cancellationToken);
            frames += findings.Frames;
            events += findings.Events;
            damage.AddRange(findings.Damage is { } found ? [found] : []);
            progress?.Report((index + 1) * 1000 / chain.Segments.Count);
        }

        var last = VerifyLast(files, chain.Segments[^1], damage);
        progress?.Report(1000);
        var first = chain.Segments[0].First;
        return new VerificationReport(
            first, last?.Last ?? new GlobalSeq(chain.Segments[^1].First.Value - 1), chain.Segments.Count, frames + (last?.Frames ?? 0), events + (last?.Events ?? 0), last?.TornBytes ?? 0, chain.Orphans, damage);
    }

    private static TailScan? VerifyLast(ILogFileSystem files, Segment last, List<LogDamage> damage)
    {
        try
        {
            return TailScan.Of(files, last);
        }
        catch (LogCorruptException error) when (error.Damage is not null)
        {
            damage.Add(error.Damage);
            return null;
        }
    }
}
