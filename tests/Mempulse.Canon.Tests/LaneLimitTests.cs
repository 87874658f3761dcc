using Mempulse.Canon.Appending;
using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>The number of lanes is bounded: a segment header lists all of them.</summary>
public sealed class LaneLimitTests
{
    [Fact]
    public void A_lane_beyond_the_limit_is_refused_and_the_log_still_opens()
    {
        const int perGroup = 5_000;
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        for (uint lane = 1; lane <= SegmentLayout.Header.MaxLanes; lane += perGroup)
        {
            log.AppendGroup([.. Enumerable.Range((int)lane, perGroup).Select(number => Batches.Seen(new LaneId((uint)number), 1, 1))]);
        }

        var refused = Assert.Throws<LogFailedException>(() => log.Append(Batches.Seen(new LaneId(uint.MaxValue), 1, 1)));
        Assert.Contains("50000 lanes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, log.Append(Batches.Seen(new LaneId(7), 2, 1)).Count); // known lanes go on
        log.Close();

        var again = SyncLog.Open(disk);
        Assert.Equal(new GlobalSeq(SegmentLayout.Header.MaxLanes + 1), again.Watermark);
        again.Close();
        Assert.Empty(LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).Damage);
    }
}
