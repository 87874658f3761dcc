using Mempulse.Canon.Reading;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>Pages and cursors of queries at their limits: nothing twice, nothing missing, never past the watermark that the answer states.</summary>
public sealed class LogQueriesTests : IAsyncDisposable
{
    private static readonly LaneId s_lane = LaneId.Of("test");
    private static readonly Hash256 s_tx = new([.. Enumerable.Repeat((byte)9, 32)]);

    private readonly TestLog _log = new(new SimulatedFileSystem(seed: 15), segmentSizeBytes: 8 << 20);
    private ulong _next = 1;

    private ILogReader Reader => _log.Log.Reader;

    [Fact]
    public async Task Pages_of_any_limit_together_are_the_whole_log_once()
    {
        await AppendAsync(Seen, 50);

        foreach (int limit in (int[])[1, 7, 49, 50, 51])
        {
            var found = new List<ulong>();
            var page = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [], limit));
            while (true)
            {
                Assert.InRange(page.Records.Count, 0, limit);
                found.AddRange(page.Records.Select(record => record.Seq.Value));
                if (page.IsAtEnd)
                {
                    break;
                }

                Assert.Equal(limit, page.Records.Count);
                Assert.Equal(found[^1], page.Next.Value);
                page = LogQueries.Scan(Reader, new ScanQuery(page.Next, [], limit));
            }

            Assert.Equal(Enumerable.Range(1, 50).Select(number => (ulong)number), found);
        }
    }

    [Theory]
    [InlineData(48UL, 2, 50UL)]
    [InlineData(49UL, 1, 50UL)]
    [InlineData(50UL, 0, 50UL)]
    [InlineData(51UL, 0, 51UL)]
    [InlineData(1_000UL, 0, 1_000UL)]
    public async Task A_cursor_at_the_end_of_the_log_never_moves_back(ulong after, int count, ulong next)
    {
        await AppendAsync(Seen, 50);

        var scanned = LogQueries.Scan(Reader, new ScanQuery(new GlobalSeq(after), [], 10));
        var byKey = LogQueries.ReadKey(Reader, EventKey.Tx(s_tx), new GlobalSeq(after), 10);

        Assert.Equal((count, next, 50UL, true), (scanned.Records.Count, scanned.Next.Value, scanned.Watermark.Value, scanned.IsAtEnd));
        Assert.Equal((count, next, 50UL, true), (byKey.Records.Count, byKey.Next.Value, byKey.Watermark.Value, byKey.IsAtEnd));
    }

    [Fact]
    public async Task A_scan_returns_the_wanted_kinds_only_and_its_cursor_passes_the_others()
    {
        await AppendAsync(Seen, 3);
        await AppendAsync(number => Dropped(number, 10), 2);
        await AppendAsync(Seen, 3);

        var drops = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.TxIngestDropped.KindNumber], 10));
        var both = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.TxIngestDropped.KindNumber, (ushort)LogEvent.TxSeen.KindNumber], 10));
        var limited = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.TxIngestDropped.KindNumber], 2));
        var one = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.TxIngestDropped.KindNumber], 1));

        Assert.Equal([4UL, 5UL], Positions(drops));
        Assert.Equal(8UL, drops.Next.Value);
        Assert.Equal(8, both.Records.Count);
        Assert.Equal((2, 8UL), (limited.Records.Count, limited.Next.Value));
        Assert.Equal((1, 4UL), (one.Records.Count, one.Next.Value)); // before the second
        Assert.Throws<ArgumentOutOfRangeException>(() => LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [], 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogQueries.ReadKey(Reader, EventKey.Tx(s_tx), GlobalSeq.None, 0));
    }

    [Fact]
    public async Task No_answer_has_more_than_its_most_records_whatever_limit_is_asked_for()
    {
        await AppendAsync(Seen, ScanQuery.MaxLimit + 1);

        var scanned = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [], int.MaxValue));
        var byKey = LogQueries.ReadKey(Reader, EventKey.Tx(s_tx), GlobalSeq.None, int.MaxValue);

        Assert.Equal((1_000, 1_000UL, false), (scanned.Records.Count, scanned.Next.Value, scanned.IsAtEnd));
        Assert.Equal((1_000, 1_000UL, false), (byKey.Records.Count, byKey.Next.Value, byKey.IsAtEnd));
        var rest = LogQueries.ReadKey(Reader, EventKey.Tx(s_tx), byKey.Next, int.MaxValue);
        Assert.Equal((1, 1_001UL, true), (rest.Records.Count, rest.Next.Value, rest.IsAtEnd));
    }

    [Fact]
    public async Task An_answer_holds_exactly_its_bytes_and_a_larger_record_alone()
    {
        int quarter = LogQueries.AnswerBytes / 4;
        await AppendAsync(number => DroppedOfSize(number, quarter), 5);
        await AppendAsync(number => DroppedOfSize(number, quarter + 1), 1);

        foreach (var read in new Func<GlobalSeq, RecordPage>[]
        {
            after => LogQueries.Scan(Reader, new ScanQuery(after, [], 100)),
            after => LogQueries.ReadKey(Reader, EventKey.Tx(s_tx), after, 100),
        })
        {
            var first = read(GlobalSeq.None);
            Assert.Equal((4, 4UL, false), (first.Records.Count, first.Next.Value, first.IsAtEnd));
            var over = read(new GlobalSeq(2)); // 3, 4, 5 and one byte too many
            Assert.Equal((3, 5UL), (over.Records.Count, over.Next.Value));
            var last = read(new GlobalSeq(5));
            Assert.Equal((1, 6UL, true), (last.Records.Count, last.Next.Value, last.IsAtEnd));
        }
    }

    [Fact]
    public async Task A_scan_for_a_rare_kind_looks_at_a_bounded_number_of_bytes_and_says_how_far_it_got()
    {
        while (Reader.Watermark.Value < 3 * (LogQueries.ScanBytes / (1 << 19)) / 2)
        {
            await AppendAsync(number => DroppedOfSize(number, 1 << 19), 2);
        }

        var page = LogQueries.Scan(Reader, new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.ReorgDetected.KindNumber], 10));

        Assert.Empty(page.Records);
        Assert.False(page.IsAtEnd);
        Assert.InRange(page.Next.Value * (1 << 19), (ulong)LogQueries.ScanBytes - (1 << 19), (ulong)LogQueries.ScanBytes + (1 << 20));
    }

    [Fact]
    public async Task What_is_appended_while_a_key_is_read_belongs_to_the_next_page()
    {
        await AppendAsync(Seen, 4);
        var growing = new GrowingReader(Reader) { Seen = new GlobalSeq(2) };

        var first = LogQueries.ReadKey(growing, EventKey.Tx(s_tx), GlobalSeq.None, 10);
        growing.Seen = new GlobalSeq(4);
        var rest = LogQueries.ReadKey(growing, EventKey.Tx(s_tx), first.Next, 10);
        growing.Seen = new GlobalSeq(2);
        var past = LogQueries.ReadKey(growing, EventKey.Tx(s_tx), new GlobalSeq(2), 2);

        Assert.Equal([1UL, 2UL], Positions(first));
        Assert.Equal((2UL, 2UL), (first.Next.Value, first.Watermark.Value));
        Assert.Equal([3UL, 4UL], Positions(rest));
        Assert.Equal(4UL, rest.Next.Value);
        Assert.Equal([], Positions(past));
        Assert.Equal(2UL, past.Next.Value);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static ulong[] Positions(RecordPage page) => [.. page.Records.Select(record => record.Seq.Value)];

    private static LogEvent Seen(ulong number) => new LogEvent.TxSeen(s_tx, SightingVia.HashSubscription);

    private static LogEvent.TxIngestDropped Dropped(ulong number, int detailBytes) =>
        new LogEvent.TxIngestDropped(s_tx, DropReason.QueueFull, "test", "queue", 0, 0, 1, default, new string('x', detailBytes), default);

    /// <summary>A drop whose record has exactly this many bytes.</summary>
    private static LogEvent.TxIngestDropped DroppedOfSize(ulong number, int bytes)
    {
        for (int detail = bytes; ; detail--)
        {
            var batch = new EventBatch(s_lane);
            try
            {
                batch.Add(Dropped(number, detail), RecordMeta.Fact(s_lane, number, default, default));
            }
            catch (ArgumentException)
            {
                continue; // over the limit of a record
            }

            int size = batch.SizeBytes - 8;
            Assert.True(size >= bytes);
            if (size == bytes)
            {
                return Dropped(number, detail);
            }

            detail -= size - bytes - 1;
        }
    }

    private async Task AppendAsync(Func<ulong, LogEvent> make, int count)
    {
        var batch = new EventBatch(s_lane);
        for (int i = 0; i < count; i++)
        {
            batch.Add(make(_next), RecordMeta.Fact(s_lane, _next, default, default));
            _next++;
        }

        await _log.Events.AppendAsync(batch, CancellationToken.None);
    }

    /// <summary>A reader whose watermark is older than what its index already finds.</summary>
    private sealed class GrowingReader(ILogReader inner) : ILogReader
    {
        public GlobalSeq Seen { get; set; }

        public GlobalSeq Oldest => inner.Oldest;

        public GlobalSeq Watermark => Seen;

        public SequencedBatch? Read(GlobalSeq from, int maxBytes) => inner.Read(from, maxBytes);

        public LogScan Scan(GlobalSeq from) => inner.Scan(from);

        public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit) => inner.Find(key, after, limit);
    }
}
