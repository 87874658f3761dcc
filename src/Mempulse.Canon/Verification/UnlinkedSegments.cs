using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>Verifies the segment files of a log whose headers do not form a chain, each on its own.</summary>
internal static class UnlinkedSegments
{
    /// <summary>Reads every segment file and adds what is wrong in it to <paramref name="known"/>.</summary>
    /// <remarks>Where a segment ends is known from its successor only, so bytes after its last valid frame are not judged.</remarks>
    public static VerificationReport Verify(ILogFileSystem files, string directory, IReadOnlyList<LogDamage> known, CancellationToken cancellationToken)
    {
        var damage = known.ToList();
        var names = files.List(directory).Where(name => SegmentName.TryParse(name, out _)).Select(name => Path.Combine(directory, name)).ToList();
        long frames = 0;
        long events = 0;
        foreach (string path in names)
        {
            try
            {
                using var file = files.Open(path, FileUse.Read);
                var header = SegmentFiles.ReadHeader(file);
                using var walker = new DamageWalker(file, header, FrameWalker.StartOf(header), file.LengthBytes);
                var found = SegmentVerifier.Walk(path, walker, new LaneTable(header.Lanes), damage, cancellationToken);
                frames += found.Frames;
                events += found.Events;
            }
            catch (LogCorruptException error) when (error.Damage is not null)
            {
                damage.AddRange(damage.Contains(error.Damage) ? [] : [error.Damage]);
            }
        }

        return new VerificationReport(GlobalSeq.None, GlobalSeq.None, names.Count, frames, events, 0, [], damage);
    }
}
