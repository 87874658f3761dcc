using System.Buffers.Binary;
using System.IO.Hashing;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Every byte of every file of a log, with the rule of docs/formats that it follows; the expected bytes are built without the log's code.</summary>
public sealed class GoldenFormatTests
{
    private const uint LaneA = 0x1983_2f52; // XxHash32 of "a" in UTF-16, and so on
    private const uint LaneB = 0xc450_176c;
    private const uint LaneC = 0x369e_bf66;

    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public void Segment_with_two_frames()
    {
        var golden = Header(new GoldenBytes(), durability: 0, epoch: 1, first: 1, previous: (0, 0, 0, 0));
        uint salt = golden.CrcOf(0, 4092);
        uint crc = Frame(golden, 1, flags: 0, epoch: 1, previous: salt, salt, (LaneA, 1), (LaneA, 2), (LaneB, 2));
        crc = Frame(golden, 4, flags: 0, epoch: 1, crc, salt, (LaneC, 7), (LaneC, 8), (LaneC, 9));
        Footer(golden, frames: 2, events: 6, last: 6, crc, salt);

        golden.AssertAre(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "log", "segment-v1.wal")));
    }

    [Fact]
    public void Segment_after_an_unclean_end_with_its_lanes_its_predecessor_and_the_carried_frame()
    {
        var log = SyncLog.Open(_disk);
        log.AppendGroup([Batches.Seen(new LaneId(LaneC), 1, 2), Batches.Seen(new LaneId(LaneA), 1, 2)]);
        log.Append(Batches.Seen(new LaneId(LaneA), 3, 1));
        _disk.RestartProcess();
        string first = PathOf(1, 1);
        SyncLog.Open(_disk).Close();

        var golden = Header(
            new GoldenBytes(), durability: 0, epoch: 2, first: 5, previous: (1, 1, (ulong)EndOfFrames(4), ProvenCrc(first)), (LaneA, 2), (LaneC, 2));
        uint salt = golden.CrcOf(0, 4092);
        uint crc = Frame(golden, 5, flags: 1, epoch: 2, previous: salt, salt, (LaneA, 3));
        Footer(golden, frames: 1, events: 1, last: 5, crc, salt);
        golden.AssertAre(_disk.ReadAllBytes(PathOf(5, 2)));
    }

    [Fact]
    public void Segment_of_a_log_without_fsync()
    {
        EventLog.Open(new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), Files = _disk, Durability = Durability.Os }).Dispose();

        var golden = Header(new GoldenBytes(), durability: 1, epoch: 1, first: 1, previous: (0, 0, 0, 0));
        uint salt = golden.CrcOf(0, 4092);
        Footer(golden, frames: 0, events: 0, last: 0, salt, salt);
        golden.AssertAre(_disk.ReadAllBytes(PathOf(1, 1)));
    }

    [Fact]
    public void Epoch()
    {
        using var store = new FileEpochStore(_disk, SyncLog.Directory);
        foreach (ulong epoch in (ulong[])[0, 1, 4])
        {
            Assert.True(store.TryAdvance(new Epoch(epoch), new Epoch(epoch + (epoch == 1 ? 3ul : 1ul))));
        }

        Slots("MEPH", 4, 5).AssertAre(_disk.ReadAllBytes(Path.Combine(SyncLog.Directory, "EPOCH")));
    }

    [Fact]
    public void Mark()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.AppendNext(5);
        log.AppendNext(2);

        byte[] written = _disk.ReadAllBytes(Path.Combine(SyncLog.Directory, "DURABLE"));
        bool isFirstHigher = written[8] > written[512 + 8];
        (isFirstHigher ? Slots("MMRK", 17, 15) : Slots("MMRK", 15, 17)).AssertAre(written);
    }

    [Fact]
    public void Floor()
    {
        using var store = new FileEpochStore(_disk, SyncLog.Directory);
        Assert.True(store.TryAdvance(new Epoch(0), new Epoch(7)));
        RetentionFloor.Write(_disk, SyncLog.Directory, new EpochFence(store, new Epoch(7)), new GlobalSeq(0x0102_0304));

        new GoldenBytes().Text("magic", "MFLR").U32("zeros", 0).U64("the last position that may be deleted", 0x0102_0304).Crc("CRC of the 16 bytes before", 0)
            .AssertAre(_disk.ReadAllBytes(Path.Combine(SyncLog.Directory, "FLOOR-0000000007")));
    }

    [Fact]
    public void Snapshot()
    {
        byte[] content = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index % 251))];
        var store = new SnapshotStore(_disk, "/snapshots");
        using var writer = store.Begin(new GlobalSeq(258), new Epoch(3));
        writer.Append(content);
        string path = writer.Complete(new SnapshotMark(new GlobalSeq(258), new Epoch(3), new StateDigest(new UInt128(1, 2)), 9, "rules \u00e9"));

        Assert.Equal("/snapshots/00000000000000000258-0000000003.snap", path);
        new GoldenBytes()
            .Text("magic", "MEMPSNAP").U16("format version", 1).U16("length of the rule version in bytes of UTF-8", 8).U32("schema version", 9)
            .U64("seq", 258).U64("epoch", 3).U64("digest, low half", 2).U64("digest, high half", 1)
            .U64("length of the content", 300_000).U32("CRC of the content", GoldenBytes.Crc32C(content))
            .Hex("rule version", "72756c657320c3a9").ZerosTo("zeros after the rule version", 124).Crc("CRC of the header", 0)
            .Add("content", content)
            .AssertAre(_disk.ReadAllBytes(path));
    }

    [Fact]
    public void Key_index()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(171);
        log.Close();
        log = SyncLog.Open(_disk);
        var sealedSegment = log.Session.State.Segments[0];
        log.Keys.Persist(sealedSegment);

        var golden = new GoldenBytes()
            .Text("magic", "MEMPKEYS").U16("format version", 1).ZerosTo("zeros", 12).U32("CRC of the segment's header", sealedSegment.Header.Crc)
            .U64("sealed bytes of the segment", (ulong)sealedSegment.EndBytes).U32("number of entries", 171).ZerosTo("zeros", 4092).Crc("CRC of the block", 0);
        KeyBlock(golden, number: 0, firstOrdinal: 0, entries: 170);
        KeyBlock(golden, number: 1, firstOrdinal: 170, entries: 1);
        golden.AssertAre(_disk.ReadAllBytes(Path.ChangeExtension(sealedSegment.Path, ".keys")));
    }

    private static string PathOf(ulong first, ulong epoch) => Path.Combine(SyncLog.Directory, $"{first:D20}-{epoch:D10}.wal");

    private static int EndOfFrames(params int[] records) => 4096 + records.Sum(count => (48 + (count * 74) + 4 + 7) / 8 * 8);

    /// <summary>The CRC of the first frame of four records.</summary>
    private uint ProvenCrc(string path) => BinaryPrimitives.ReadUInt32LittleEndian(_disk.ReadAllBytes(path).AsSpan(4096 + 48 + (4 * 74)));

    private static GoldenBytes Header(
        GoldenBytes golden, ushort durability, ulong epoch, ulong first, (ulong Epoch, ulong First, ulong SealedBytes, uint Crc) previous, params (uint Lane, ulong Local)[] lanes)
    {
        golden.Text("magic", "MEMPLSEG").U16("format version", 1).U16("durability", durability).U32("size of the header", 4096)
            .U64("chain", 1).U64("epoch", epoch).U64("first_seq", first)
            .U64("epoch of the previous segment", previous.Epoch).U64("first_seq of the previous segment", previous.First)
            .U64("sealed bytes of the previous segment", previous.SealedBytes).U32("last CRC of the previous segment", previous.Crc)
            .U32("number of lanes", (uint)lanes.Length);
        foreach (var (lane, local) in lanes)
        {
            golden.U32("lane", lane).U64("cause", 0).U64("local_seq", local);
        }

        return golden.ZerosTo("zeros to the end of the block", 4092).Crc("salt: the CRC of all bytes before", 0);
    }

    /// <returns>The frame's CRC.</returns>
    private static uint Frame(GoldenBytes golden, ulong first, ushort flags, ulong epoch, uint previous, uint salt, params (uint Lane, ulong Local)[] records)
    {
        int start = golden.Length;
        Assert.Equal(0, start % 8);
        golden.Text("frame magic", "MFRM").U16("format version", 1).U16("flags", flags).U64("chain", 1).U64("epoch", epoch).U64("seq of the first record", first)
            .U32("number of records", (uint)records.Length).U32("length of the payload", (uint)records.Length * 74).U32("CRC of the previous frame, or the salt", previous)
            .Crc("header CRC, continued from the salt", start, salt);
        uint headerCrc = golden.CrcOf(start, start + 44, salt);
        int payload = golden.Length;
        foreach (var (lane, local) in records)
        {
            Record(golden, lane, local);
        }

        uint crc = golden.CrcOf(payload, golden.Length, headerCrc);
        golden.U32("frame CRC: of the payload, continued from the header CRC", crc);
        golden.ZerosTo("zeros to a multiple of 8", (golden.Length + 7) / 8 * 8);
        return crc;
    }

    private static void Record(GoldenBytes golden, uint lane, ulong local)
    {
        golden.U32("length of the record", 66);
        int start = golden.Length;
        golden.U16("kind TxSeen", 1).U8("version", 1).U8("flags: a transaction", 1).U32("lane", lane).U64("local sequence", local).U64("time", 1).U64("no source", 0)
            .Hex("hash", string.Concat(Enumerable.Repeat("aa", 24))).Add("hash, number", BigEndian(local)).Hex("payload: an array with the way it was seen", "91 01")
            .Crc("CRC of the record", start);
    }

    private static void Footer(GoldenBytes golden, ulong frames, ulong events, ulong last, uint lastCrc, uint salt)
    {
        byte[] before = golden.ToArray();
        byte[] digest = XxHash128.Hash(before);
        Array.Reverse(digest); // the hash is a number; the file is little-endian
        golden.Text("footer magic", "MFOT").U16("format version", 1).U16("zeros", 0).U64("frames", frames).U64("records", events).U64("last seq", last)
            .U64("its own offset", (ulong)before.Length).Add("XxHash128 of all bytes before", digest).U32("CRC of the last frame", lastCrc)
            .Crc("footer CRC, continued from the salt", before.Length, salt);
    }

    private static GoldenBytes Slots(string magic, ulong first, ulong second)
    {
        var golden = new GoldenBytes();
        foreach (ulong value in (ulong[])[first, second])
        {
            int start = golden.Length;
            golden.Text("magic", magic).U32("zeros", 0).U64("number", value).Crc("CRC of the 16 bytes before", start).ZerosTo("zeros to the end of the sector", start + 512);
        }

        return golden;
    }

    private static void KeyBlock(GoldenBytes golden, uint number, uint firstOrdinal, uint entries)
    {
        int start = golden.Length;
        for (uint ordinal = firstOrdinal; ordinal < firstOrdinal + entries; ordinal++)
        {
            golden.U64("key, bytes 16 to 23 as a big-endian number", 0xaaaa_aaaa_aaaa_aaaa).U64("key, bytes 24 to 31 as a big-endian number", ordinal + 1)
                .U32("kind of key: a transaction", 0).U32("ordinal", ordinal);
        }

        golden.ZerosTo("zeros after the entries", start + 4080).U32("number of entries", entries).U32("number of the block", number).ZerosTo("zeros", start + 4092).Crc("CRC of the block", start);
    }

    private static byte[] BigEndian(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
