using Mempulse.Canon.Files;
using Mempulse.Canon.Snapshots;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>The machine stops at every single call of a workload; the reopened log holds everything that was acknowledged.</summary>
public sealed class CrashPointTests
{
    private const string Snapshots = "/snapshots";

    public static TheoryData<DiskFault, bool> Ends => new()
    {
        { DiskFault.CrashDuring, true },
        { DiskFault.CrashAfter, true },
        { DiskFault.CrashDuring, false },
        { DiskFault.CrashAfter, false },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Nothing_acknowledged_is_lost_when_the_machine_stops_at_any_call(DiskFault end, bool losesPower)
    {
        long points = 0;
        for (long stopAt = 1; RunUntil(stopAt, end, losesPower); stopAt++)
        {
            points++;
        }

        Assert.InRange(points, 60, 10_000);
    }

    /// <summary>Runs the workload and stops it at a call.</summary>
    /// <returns>False if the workload ended before that call.</returns>
    private static bool RunUntil(long stopAt, DiskFault end, bool losesPower)
    {
        var disk = new SimulatedFileSystem((ulong)stopAt)
        {
            Faults = call => call.Number == stopAt ? end : DiskFault.None,
        };
        var acknowledged = GlobalSeq.None;
        bool stopped = false;
        try
        {
            Workload(disk, ref acknowledged);
        }
        catch (SimulatedCrashException)
        {
            stopped = true;
        }

        disk.Faults = _ => DiskFault.None;
        Restart(disk, losesPower);
        CheckAndContinue(disk, ref acknowledged);

        // And once more: what the recovery wrote must itself be durable.
        disk.LosePower();
        CheckAndContinue(disk, ref acknowledged);
        return stopped;
    }

    private static void Workload(SimulatedFileSystem disk, ref GlobalSeq acknowledged)
    {
        var log = SyncLog.Open(disk);
        for (int batch = 0; batch < 5; batch++)
        {
            acknowledged = log.AppendNext(300).Last;
            log.PrepareNext();
        }

        log.Close();
        log = SyncLog.Open(disk);
        acknowledged = log.AppendNext(10).Last;
        WriteSnapshot(disk, acknowledged);
        acknowledged = log.AppendNext(700).Last;
        WriteSnapshot(disk, acknowledged);
        log.Session.Retention.DeleteBelow(new SnapshotStore(disk, Snapshots), acknowledged);
        acknowledged = log.AppendNext(1).Last;
        disk.RestartProcess(); // not closed cleanly

        disk.LosePower();
        log = SyncLog.Open(disk);
        acknowledged = log.AppendNext(20).Last;
        log.Close();
    }

    private static void WriteSnapshot(ILogFileSystem disk, GlobalSeq at) =>
        Snapshotting.Write(new SnapshotStore(disk, Snapshots), at.Value, new byte[1000]);

    private static void Restart(SimulatedFileSystem disk, bool losesPower)
    {
        if (losesPower)
        {
            disk.LosePower();
        }
        else
        {
            disk.RestartProcess();
        }
    }

    private static void CheckAndContinue(SimulatedFileSystem disk, ref GlobalSeq acknowledged)
    {
        var log = SyncLog.Open(disk, acknowledged);
        ModelLog.AssertHolds(log.Reader, acknowledged);
        using var snapshot = new SnapshotStore(disk, Snapshots).ReadNewest(log.Watermark, 1, damage => Assert.Fail(damage.ToString()));
        Assert.True(snapshot is not null || log.Reader.Oldest == new GlobalSeq(1));

        acknowledged = log.AppendNext(5).Last;
        log.Close();
        var report = LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None);
        Assert.Empty(report.Damage);
        Assert.Equal(acknowledged, report.Watermark);
    }
}
