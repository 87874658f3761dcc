using Mempulse.Canon.Appending;
using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>A simulated disk that loses, tears, refuses and corrupts writes, reproducibly for a seed.</summary>
public sealed class SimulatedDiskFuzzTests
{
    private const int Seeds = 400;
    private const int Lives = 6;

    [Fact]
    public void Acknowledged_is_a_prefix_of_recovered_through_crashes_failed_syncs_and_full_disks()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                Fuzz(seed);
            }
            catch (Exception error) when (error is not SimulatedCrashException)
            {
                throw new InvalidOperationException($"Seed {seed}: {error.Message}", error);
            }
        }
    }

    [Fact]
    public void A_flipped_bit_in_acknowledged_data_is_reported_with_file_and_offset_and_nothing_is_changed()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var random = new SeededRandom(seed);
            var disk = new SimulatedFileSystem(seed);
            var acknowledged = Fill(disk, random);
            string[] segments = [.. disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];
            string path = segments[random.Below(segments.Length)];
            int written = disk.ReadAllBytes(path).AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
            int offset = random.Below(written);
            disk.FlipBit(path, offset, random.Below(8));
            byte[] before = disk.ReadAllBytes(path);

            Assert.True(IsReported(disk, acknowledged, path), $"Seed {seed}: a flip at {offset} of {path} ({written} bytes) was not reported.");
            Assert.Equal(before, disk.ReadAllBytes(path));
        }
    }

    private static void Fuzz(ulong seed)
    {
        var random = new SeededRandom(seed);
        var disk = new SimulatedFileSystem(seed + 1_000_000);
        var acknowledged = GlobalSeq.None;
        for (int life = 0; life < Lives; life++)
        {
            disk.Faults = _ => FaultOf(random);
            try
            {
                Live(disk, random, ref acknowledged);
            }
            catch (Exception error) when (error is SimulatedCrashException or IOException)
            {
                Assert.False(error is LogCorruptException, error.Message);
            }

            disk.Faults = _ => DiskFault.None;
            if (random.Below(3) > 0)
            {
                disk.LosePower();
            }
            else
            {
                disk.RestartProcess();
            }

            Check(disk, ref acknowledged, isSealed: random.Below(2) == 0);
        }
    }

    /// <summary>One run of a writer, until a fault ends it or it closes.</summary>
    private static void Live(SimulatedFileSystem disk, SeededRandom random, ref GlobalSeq acknowledged)
    {
        var log = SyncLog.Open(disk, acknowledged);
        int appends = random.Below(20);
        for (int index = 0; index < appends; index++)
        {
            try
            {
                acknowledged = log.AppendNext(1 + random.Below(400)).Last;
                if (random.Below(3) == 0)
                {
                    log.PrepareNext();
                }
            }
            catch (Exception error) when (error is LogRefusedException or Files.DiskFullException)
            {
                // The append was refused, and the writer continues: the next append may have room again.
                Assert.Equal(acknowledged, log.Watermark);
            }
        }

        if (random.Below(2) == 0)
        {
            log.Close();
        }
    }

    private static void Check(SimulatedFileSystem disk, ref GlobalSeq acknowledged, bool isSealed)
    {
        if (disk.List(SyncLog.Directory).Any(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)))
        {
            ModelLog.AssertHolds(LogDirectory.OpenRead(SyncLog.Directory, disk), acknowledged);
        }

        var log = SyncLog.Open(disk, acknowledged);
        ModelLog.AssertHolds(log.Reader, acknowledged);
        acknowledged = log.AppendNext(1).Last;
        if (isSealed)
        {
            log.Close();
        }
        else
        {
            disk.LosePower();
        }

        var report = LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None);
        Assert.Empty(report.Damage);
        Assert.Equal(acknowledged, report.Watermark);
    }

    private static DiskFault FaultOf(SeededRandom random) => random.Below(200) switch
    {
        0 => DiskFault.CrashDuring,
        1 => DiskFault.CrashAfter,
        2 => DiskFault.Error,
        < 8 => DiskFault.NoSpace,
        _ => DiskFault.None,
    };

    private static GlobalSeq Fill(SimulatedFileSystem disk, SeededRandom random)
    {
        var log = SyncLog.Open(disk);
        var last = GlobalSeq.None;
        for (int index = 0; index < 8; index++)
        {
            last = log.AppendNext(1 + random.Below(300)).Last;
        }

        if (random.Below(2) == 0)
        {
            log.Close();
        }

        disk.RestartProcess();
        return last;
    }

    private static bool IsReported(SimulatedFileSystem disk, GlobalSeq acknowledged, string path)
    {
        var damage = LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).Damage;
        if (damage.Any(found => found.File == path))
        {
            return true;
        }

        try
        {
            // No later frame proves the last frame of an unsealed segment. Either the durable floor reveals the damage, or a torn tail is reported.
            return SyncLog.Open(disk, acknowledged).Report.TornTail is not null;
        }
        catch (LogCorruptException error)
        {
            return error.Damage!.File == path;
        }
    }
}
