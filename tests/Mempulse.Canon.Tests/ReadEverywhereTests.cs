using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Reading from around every frame boundary of a long segment gives what the model says, with the writer's index of frames and with one that is built.</summary>
public sealed class ReadEverywhereTests
{
    private const int Frames = 60;
    private const int PerFrame = 301; // some 22 KB: an entry of the index for every third frame

    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public void Pages_scans_and_searches_from_around_every_frame()
    {
        var log = new SyncLog(new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), SegmentSizeBytes = 4 << 20, Files = _disk });
        for (int frame = 0; frame < Frames; frame++)
        {
            log.AppendNext(PerFrame);
        }

        Assert.Single(log.Session.State.Segments);
        AssertReads(log.Reader);
        log.Close();
        AssertReads(LogDirectory.OpenRead(SyncLog.Directory, _disk));
    }

    [Fact]
    public void A_key_that_many_records_carry_is_found_in_all_blocks_of_an_index_and_no_other_key_is()
    {
        var log = SyncLog.Open(_disk);
        var lane = SyncLog.Lane;
        ulong local = 1;
        foreach (int count in (int[])[169, 170, 171, 1, 340])
        {
            var batch = new EventBatch(lane);
            for (int index = 0; index < count; index++)
            {
                batch.AddSeen(Batches.TxHash((ulong)count), SightingVia.Unknown, RecordMeta.Fact(lane, local++, default, default));
            }

            log.Append(batch);
        }

        log.Close();
        log = SyncLog.Open(_disk);
        log.Keys.Persist(log.Session.State.Segments[0]);
        var fresh = new LogReader(_disk, log.Session.State, new KeyIndexes(_disk));

        ulong first = 1;
        foreach (int count in (int[])[169, 170, 171, 1, 340])
        {
            var expected = Enumerable.Range((int)first, count).Select(seq => new GlobalSeq((ulong)seq)).ToList();
            var key = EventKey.Tx(Batches.TxHash((ulong)count));
            Assert.Equal(expected, fresh.Find(key, GlobalSeq.None, 1000));
            Assert.Equal(expected.Take(count - 1), fresh.Find(key, GlobalSeq.None, Math.Max(1, count - 1)).Take(count - 1));
            Assert.Equal(expected.Skip(1), fresh.Find(key, new GlobalSeq(first), 1000));
            first += (ulong)count;
        }

        Assert.Empty(fresh.Find(EventKey.Tx(Batches.TxHash(0)), GlobalSeq.None, 10));
        Assert.Empty(fresh.Find(EventKey.Tx(Batches.TxHash(9999)), GlobalSeq.None, 10));
        Assert.Empty(fresh.Find(EventKey.Opp(Batches.TxHash(169)), GlobalSeq.None, 10));
    }

    private static void AssertReads(ILogReader reader)
    {
        for (ulong frame = 0; frame < Frames; frame++)
        {
            foreach (ulong offset in (ulong[])[1, 2, 150, PerFrame - 1, PerFrame])
            {
                var from = new GlobalSeq((frame * PerFrame) + offset);
                var page = reader.Read(from, 40_000)!;
                ulong next = from.Value;
                foreach (var record in page)
                {
                    Assert.Equal((next, next), (record.Seq.Value, record.LocalSeq));
                    next++;
                }

                using var scan = reader.Scan(from);
                Assert.True(scan.MoveNext());
                Assert.Equal((from, (frame + 1) * PerFrame), (scan.Current!.First, scan.Current.Last.Value));
                foreach (var record in scan.Current)
                {
                    Assert.Equal(record.Seq.Value, record.LocalSeq);
                }
            }
        }
    }
}
