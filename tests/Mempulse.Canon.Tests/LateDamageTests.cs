using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;

namespace Mempulse.Canon.Tests;

/// <summary>Storage decays at any time: damage that comes after a sealed segment was verified is noted while the log is open, each place once.</summary>
public sealed class LateDamageTests
{
    private const int PerFrame = 10;

    private readonly SimulatedFileSystem _disk = new(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Damage_after_the_first_verification_is_found_in_any_sealed_segment(int segment)
    {
        using var log = await OpenVerifiedAsync();

        Flip(segment);

        await Until.TrueAsync(() => log.Damage.Count > 0, "found");
        Assert.Equal((FileOf(segment), First(segment)), (log.Damage.Single().File, log.Damage.Single().First.Value));
    }

    [Fact]
    public async Task Damage_that_readers_meet_is_noted_once()
    {
        using var log = await OpenVerifiedAsync();
        Flip(1);

        Assert.Throws<LogCorruptException>(() => log.Reader.Read(new GlobalSeq(First(1)), 1000));
        Assert.Equal(First(1), Assert.Single(log.Damage).First.Value);

        Assert.Throws<LogCorruptException>(() => log.Reader.Read(new GlobalSeq(First(1)), 1000));
        using var scan = log.Reader.Scan(new GlobalSeq(First(1)));
        Assert.Throws<LogCorruptException>(() => scan.MoveNext());
        Assert.Single(log.Damage);
    }

    [Fact]
    public void A_scan_and_a_search_that_meet_damage_report_it()
    {
        for (int segment = 0; segment < 2; segment++)
        {
            var written = SyncLog.Open(_disk);
            written.AppendNext(PerFrame);
            written.Close();
        }

        var log = SyncLog.Open(_disk);
        var noted = new List<string>();
        var reader = new Reading.LogReader(_disk, log.Session.State, log.Keys, damage => noted.Add(damage.File));
        Flip(0);
        using var scan = reader.Scan(new GlobalSeq(1));

        Assert.Throws<LogCorruptException>(() => scan.MoveNext());
        Assert.Throws<LogCorruptException>(() => reader.Find(EventKey.Tx(Batches.TxHash(1)), GlobalSeq.None, 1));
        Assert.Throws<LogCorruptException>(() => reader.Read(new GlobalSeq(1), 1));

        Assert.Equal([FileOf(0), FileOf(0), FileOf(0)], noted);
    }

    private static ulong First(int segment) => (ulong)(segment * PerFrame) + 1;

    private string FileOf(int segment) => Path.Combine(SyncLog.Directory, Names(SegmentName.Extension)[segment]);

    private string[] Names(string extension) => [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private void Flip(int segment) => _disk.FlipBit(FileOf(segment), 4096 + 100, 1);

    /// <summary>Three sealed segments with a frame each. A key index is written once its segment is verified.</summary>
    private async Task<EventLog> OpenVerifiedAsync()
    {
        for (int segment = 0; segment < 3; segment++)
        {
            var written = SyncLog.Open(_disk);
            written.AppendNext(PerFrame);
            written.Close();
        }

        var log = EventLog.Open(SyncLog.Options(_disk));
        await Until.TrueAsync(() => Names(SegmentName.KeysExtension).Length == 3, "verified");
        Assert.Empty(log.Damage);
        return log;
    }
}
