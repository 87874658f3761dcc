using CsCheck;
using Mempulse.Canon.Format;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Which snapshots are kept, and which of them a reader gets.</summary>
public sealed class SnapshotKeepingTests
{
    private const string Directory = "/snapshots";

    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public void Few_of_many_snapshots_are_kept_and_every_position_is_near_one()
    {
        var snapshots = new SnapshotStore(_disk, Directory);
        const ulong Taken = 150;
        for (ulong number = 1; number <= Taken; number++)
        {
            Write(snapshots, number * 1000);
            Assert.InRange(_disk.List(Directory).Count, 1, SnapshotStore.Kept + SnapshotStore.KeptSparse);
        }

        for (ulong seq = 1000; seq <= Taken * 1000; seq += 500)
        {
            using var found = snapshots.ReadAtMost(new GlobalSeq(seq), 1, NoDamage);
            Assert.InRange(seq - (found?.Mark.Seq.Value ?? 0), 0ul, Taken * 1000 / 8);
        }

        Assert.Null(snapshots.ReadAtMost(new GlobalSeq(999), 1, NoDamage));
    }

    [Fact]
    public void Kept_snapshots_are_spread_over_the_log_whatever_their_number_and_size() =>
        Gen.Select(Gen.Int[1, 2_000], Gen.Int[2, 20], Gen.Long[10, 400]).Sample((arrivals, most, mostBytes) =>
        {
            const long SizeBytes = 10;
            var kept = new List<ulong>();
            for (ulong seq = 1; seq <= (ulong)arrivals; seq++)
            {
                kept.Add(seq);
                var thinning = new SnapshotThinning(most, mostBytes);
                kept.ForEach(position => thinning.Add(new GlobalSeq(position), SizeBytes));
                var gone = thinning.Superfluous(new GlobalSeq(seq + 1)).Select(index => kept[index]).ToHashSet();
                kept.RemoveAll(gone.Contains);
            }

            int room = Math.Min(most, (int)(mostBytes / SizeBytes));
            Assert.True(kept.Count <= room);
            Assert.Equal(Math.Min(arrivals, room), kept.Count);
            ulong widest = kept.Append((ulong)arrivals + 1).Zip(kept.Prepend(0ul), (next, before) => next - before).Max();
            Assert.True(widest <= (2 * (ulong)arrivals / (ulong)room) + 2, $"The widest gap of {arrivals} snapshots over {room} places is {widest}.");
        },
        iter: 50);

    [Fact]
    public void A_damaged_snapshot_is_skipped_for_the_nearest_intact_one()
    {
        var snapshots = new SnapshotStore(_disk, Directory);
        Write(snapshots, 100);
        string damagedPath = Write(snapshots, 200);
        Write(snapshots, 300);
        _disk.FlipBit(damagedPath, 1000, 1);
        var damaged = new List<string>();

        using var before = snapshots.ReadAtMost(new GlobalSeq(250), 1, damage => damaged.Add(damage.File));
        using var after = snapshots.ReadAtLeast(new GlobalSeq(150), 1, damage => damaged.Add(damage.File));

        Assert.Equal((100ul, 300ul), (before!.Mark.Seq.Value, after!.Mark.Seq.Value));
        Assert.Equal([damagedPath, damagedPath], damaged);
        Assert.Equal(5000, before.ReadAll().Length);
    }

    [Fact]
    public void Retention_deletes_the_snapshots_that_the_log_no_longer_continues()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 12; batch++)
        {
            log.AppendNext(300);
        }

        var snapshots = new SnapshotStore(_disk, Directory);
        foreach (ulong seq in (ulong[])[100, 200, 3000, 3300])
        {
            Write(snapshots, seq);
        }

        var oldest = log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(3600));

        Assert.InRange(oldest.Value, 202ul, 3001ul);
        Assert.Equal(2, _disk.List(Directory).Count);
        using var first = snapshots.ReadAtLeast(new GlobalSeq(oldest.Value - 1), 1, NoDamage);
        Assert.Equal(3000ul, first!.Mark.Seq.Value);
    }

    [Fact]
    public void A_snapshot_is_found_from_exactly_its_position()
    {
        var snapshots = new SnapshotStore(_disk, Directory);
        Write(snapshots, 100);
        Write(snapshots, 200);

        Assert.Equal(200ul, SeqOf(snapshots.ReadNewest(new GlobalSeq(200), 1, NoDamage)));
        Assert.Equal((100ul, 200ul, 100ul), (SeqOf(snapshots.ReadAtMost(new GlobalSeq(100), 1, NoDamage)), SeqOf(snapshots.ReadAtMost(new GlobalSeq(200), 1, NoDamage)), SeqOf(snapshots.ReadAtMost(new GlobalSeq(199), 1, NoDamage))));
        Assert.Equal((100ul, 200ul, 200ul), (SeqOf(snapshots.ReadAtLeast(new GlobalSeq(100), 1, NoDamage)), SeqOf(snapshots.ReadAtLeast(new GlobalSeq(200), 1, NoDamage)), SeqOf(snapshots.ReadAtLeast(new GlobalSeq(101), 1, NoDamage))));
        Assert.Null(snapshots.ReadAtMost(new GlobalSeq(99), 1, NoDamage));
        Assert.Null(snapshots.ReadAtLeast(new GlobalSeq(201), 1, NoDamage));
        Assert.Null(snapshots.ReadNewest(new GlobalSeq(200), 2, NoDamage)); // of another schema
        Assert.Equal(new GlobalSeq(100), snapshots.VerifiedFloor());
    }

    [Theory]
    [InlineData(101, 3)]
    [InlineData(102, 2)]
    public void A_snapshot_from_which_the_log_goes_on_is_kept(ulong oldest, int kept)
    {
        var snapshots = new SnapshotStore(_disk, Directory);
        Write(snapshots, 100);
        Write(snapshots, 200);
        Write(snapshots, 300);

        snapshots.DeleteBelow(new GlobalSeq(oldest), () => { });

        Assert.Equal(kept, _disk.List(Directory).Count);
    }

    [Fact]
    public void A_snapshot_that_reads_back_differently_is_deleted_and_reported()
    {
        var snapshots = new SnapshotStore(_disk, Directory);
        Write(snapshots, 100);
        _disk.Faults = call =>
        {
            if (call.Kind == DiskCallKind.Rename)
            {
                _disk.FlipBit(call.Path + ".new", 1000, 1);
            }

            return DiskFault.None;
        };

        Assert.Throws<LogCorruptException>(() => Write(snapshots, 200));

        Assert.Single(_disk.List(Directory));
        Assert.Equal(new GlobalSeq(100), snapshots.NewestSeq());
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_longest_rule_version_fits(int bytes, bool fits)
    {
        var snapshots = new SnapshotStore(_disk, Directory);
        var mark = new SnapshotMark(new GlobalSeq(1), new Epoch(1), default, 1, new string('x', bytes));

        var written = Record.Exception(() =>
        {
            using var writer = snapshots.Begin(mark.Seq, mark.Epoch);
            writer.Complete(mark);
        });

        Assert.Equal(fits, written is null);
        using var read = snapshots.ReadNewest(new GlobalSeq(1), 1, NoDamage);
        Assert.Equal(fits ? mark : null, read?.Mark);
    }

    [Fact]
    public void Content_is_read_back_in_pieces_of_any_size()
    {
        byte[] content = [.. Enumerable.Range(0, 600_000).Select(index => (byte)(index % 253))];
        var snapshots = new SnapshotStore(_disk, Directory);
        using (var writer = snapshots.Begin(new GlobalSeq(1), new Epoch(1)))
        {
            for (int at = 0; at < content.Length; at += 100_001)
            {
                writer.Append(content.AsSpan(at, Math.Min(100_001, content.Length - at)));
                Assert.Equal(Math.Min(at + 100_001, content.Length), writer.SizeBytes);
            }

            writer.Complete(new SnapshotMark(new GlobalSeq(1), new Epoch(1), default, 1, "rules"));
        }

        foreach (int size in (int[])[77_777, 1 << 20])
        {
            using var read = snapshots.ReadNewest(new GlobalSeq(1), 1, NoDamage)!;
            byte[] piece = new byte[size];
            var all = new List<byte>();
            int count;
            while ((count = read.Content.Read(piece)) > 0)
            {
                all.AddRange(piece.AsSpan(0, count));
            }

            Assert.True(all.SequenceEqual(content));
        }
    }

    private static ulong SeqOf(Snapshot? snapshot)
    {
        using (snapshot)
        {
            return snapshot!.Mark.Seq.Value;
        }
    }

    private static void NoDamage(LogDamage damage) => Assert.Fail(damage.ToString());

    private static string Write(SnapshotStore snapshots, ulong seq) => Snapshotting.Write(snapshots, seq, new byte[5000]);
}
