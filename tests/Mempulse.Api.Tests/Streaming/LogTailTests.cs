using System.Diagnostics.CodeAnalysis;
using CsCheck;
using Mempulse.Api.Streaming;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Api.Tests.Streaming;

/// <summary>Readers of a stream over a log that grows, fails and is damaged: each receives everything once and in order, or is told what it missed.</summary>
[SuppressMessage("Reliability", "CA2025", Justification = "Each test waits for its readers.")]
public sealed class LogTailTests : IAsyncDisposable
{
    private static readonly StreamFilter s_all = new([], null);

    private readonly MadeLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LogEntries _entries = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _reading = [];
    private readonly LogTails _tails;
    private readonly StreamReaders _readers;

    public LogTailTests()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_entries));
        _tails = new LogTails(_log.Grains, EventCatalog.Core, _time, factory.CreateLogger<LogTail>());
        _readers = new StreamReaders(_log.Grains, EventCatalog.Core, _tails, _time);
    }

    [Fact]
    public async Task A_reader_gets_what_it_missed_from_the_log_and_then_what_is_new_without_a_gap_or_a_repetition()
    {
        _log.Append(2_500);
        var reader = Open(after: 1_000);

        await EventsAsync(reader, last: 2_500);
        _log.Append(700);
        await EventsAsync(reader, last: 3_200);

        Assert.Equal(Range(1_001, 3_200), reader.Events);
        Assert.Equal("""{"type":"hello","chain":"1","synthetic":false,"after":1000,"watermark":2500}""", HeldSink.Text(reader.Items[0]));
    }

    [Fact]
    public void Whenever_the_log_grows_every_reader_gets_every_event_once_and_in_order() => Gen.Select(Gen.Int[0, 900], Gen.Int[0, 900].Array[1, 6]).Sample(
        async (after, growth) =>
        {
            await using var world = new LogTailTests();
            world._log.Append(900);
            var early = world.Open((ulong)after);
            foreach (int count in growth)
            {
                world._log.Append(count);
                world._time.Advance(TimeSpan.FromMilliseconds(50));
            }

            var late = world.Open(world._log.Watermark.Value);
            world._log.Append(5);
            ulong last = world._log.Watermark.Value;
            await world.EventsAsync(early, last);
            await world.EventsAsync(late, last);

            Assert.Equal(Range((ulong)after + 1, last), early.Events);
            Assert.Equal(Range(last - 4, last), late.Events);
        },
        iter: 20,
        threads: 1);

    [Fact]
    public async Task A_reader_that_does_not_take_its_events_is_told_which_it_missed_and_goes_on_with_those_that_are_held()
    {
        var slow = Open();
        var quick = Open();
        _log.Append(10);
        await EventsAsync(slow, 10);
        slow.Hold();
        const ulong Last = 10 + LogTail.MaxEvents + 5_000;

        for (ulong grown = 10; grown < Last; grown += 1_000)
        {
            _log.Append((int)ulong.Min(1_000, Last - grown));
            await EventsAsync(quick, ulong.Min(grown + 1_000, Last));
        }

        slow.Release();
        await EventsAsync(slow, Last);

        Assert.Equal(Range(1, Last), quick.Events);
        var missed = HeldSink.Read(Assert.Single(slow.Items, static item => item.Name == "coalesced"));
        ulong from = missed.GetProperty("from").GetUInt64();
        Assert.Equal((Last - LogTail.MaxEvents, Last - LogTail.MaxEvents - from + 1), (missed.GetProperty("to").GetUInt64(), missed.GetProperty("events").GetUInt64()));
        Assert.Equal([.. Range(1, from - 1), .. Range(Last - LogTail.MaxEvents + 1, Last)], slow.Events);
    }

    [Fact]
    public async Task The_text_of_an_event_is_made_once_for_all_readers()
    {
        var (one, other) = (Open(), Open());
        _log.Append(1);
        await EventsAsync(one, 1);
        await EventsAsync(other, 1); // both follow the end of the log from here on

        _log.Append(1);
        await EventsAsync(one, 2);
        await EventsAsync(other, 2);

        Assert.Same(one.Items[^1], other.Items[^1]);
    }

    [Fact]
    public async Task The_log_is_read_only_while_there_are_readers_and_a_later_one_begins_at_its_end()
    {
        using var leaves = new CancellationTokenSource();
        var first = new HeldSink();
        var reading = ReadAsync(first, s_all, 0, long.MaxValue, leaves.Token);
        _log.Append(3);
        await EventsAsync(first, 3);
        await leaves.CancelAsync();
        await reading;
        int scans = _log.Scans;

        _log.Append(20_000);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(scans, _log.Scans);
        var second = Open(_log.Watermark.Value);
        _log.Append(1);
        await EventsAsync(second, 20_004);

        Assert.Equal([20_004UL], second.Events);
    }

    [Fact]
    public async Task A_log_that_does_not_answer_delays_readers_and_loses_nothing()
    {
        var reader = Open();
        _log.Append(5);
        await EventsAsync(reader, 5);
        _log.Failures.Enqueue(new TimeoutException("30 s."));
        _log.Failures.Enqueue(new SiloUnavailableException("Its silo is gone."));
        _log.Append(5);

        await EventsAsync(reader, 10);

        Assert.Equal(Range(1, 10), reader.Events);
        Assert.Equal(2, _entries.All.Count(static entry => entry.ToString()!.Contains("the stream cannot read the log", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0UL)] // it catches up over the damage
    [InlineData(30UL)] // it is live when the damage comes
    public async Task Positions_that_cannot_be_read_are_named_and_the_stream_goes_on_after_them(ulong after)
    {
        _log.Append(30);
        _log.Damage = new DamagedPlace("1.wal", 77, new GlobalSeq(after == 0 ? 11UL : 31UL), new GlobalSeq(after == 0 ? 20UL : 40UL), "The CRC is wrong.");
        var reader = Open(after);
        _log.Append(20);

        await EventsAsync(reader, 50);

        Assert.Equal(after == 0 ? [.. Range(1, 10), .. Range(21, 50)] : Range(41, 50), reader.Events);
        Assert.Equal(
            $$"""{"type":"damaged","from":{{_log.Damage.First.Value}},"to":{{_log.Damage.Last.Value}},"file":"1.wal","offset":77,"detail":"The CRC is wrong."}""",
            HeldSink.Text(Assert.Single(reader.Items, static item => item.Name == "damaged")));
    }

    [Fact]
    public async Task A_filter_leaves_out_what_is_not_wanted_from_the_log_and_from_its_end()
    {
        _log.Append(20);
        var ofTx = Open(filter: new StreamFilter([], EventKey.Tx(MadeLog.Tx(3))));
        var ofKind = Open(filter: new StreamFilter([(ushort)LogEvent.TxSeen.KindNumber], null));
        var ofOther = Open(filter: new StreamFilter([(ushort)LogEvent.BlockObserved.KindNumber], null));
        _log.Append(20);

        await EventsAsync(ofTx, 33);
        await EventsAsync(ofKind, 40);

        Assert.Equal([3UL, 13, 23, 33], ofTx.Events);
        Assert.Equal(Range(1, 40), ofKind.Events);
        Assert.Equal(["hello"], ofOther.Items.Select(static item => item.Name));
    }

    [Fact]
    public async Task A_stream_ends_after_as_many_events_as_were_asked_for()
    {
        _log.Append(4);
        var old = new HeldSink();
        await ReadAsync(old, s_all, 1, limit: 2, _stop.Token);
        var fresh = new HeldSink();
        var reading = ReadAsync(fresh, s_all, 3, limit: 3, _stop.Token);
        _log.Append(9);
        while (!reading.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal([2UL, 3], old.Events);
        Assert.Equal([4UL, 5, 6], fresh.Events);
    }

    [Fact]
    public async Task A_stream_that_ends_at_a_position_leaves_out_what_the_log_has_after_it()
    {
        _log.Append(20);
        var reader = new HeldSink();

        await _readers.ServeAsync(new StreamRequest(MadeLog.Chain, s_all, StreamItem.Hello(MadeLog.Chain, isSynthetic: false, new GlobalSeq(2), new GlobalSeq(12))) { End = new GlobalSeq(12) }, reader, _stop.Token);

        Assert.Equal(Range(3, 12), reader.Events);
    }

    [Fact]
    public async Task A_stream_without_events_for_its_reader_states_its_position_so_that_a_resume_need_not_search_again()
    {
        var quiet = Open();
        var unwanted = Open(filter: new StreamFilter([(ushort)LogEvent.BlockObserved.KindNumber], null));
        _log.Append(7);
        await EventsAsync(quiet, 7);

        await Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return unwanted.Items.Any(static item => item is { Name: "position", Seq.Value: 7 }) && quiet.Items.Any(static item => item.Name == "position");
            },
            "both readers were told the position");

        Assert.Equal("""{"type":"position","seq":7}""", HeldSink.Text(quiet.Items[^1]));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_reading);
        await _tails.DisposeAsync();
        _stop.Dispose();
        _entries.Dispose();
    }

    private HeldSink Open(ulong after = 0, StreamFilter? filter = null)
    {
        var sink = new HeldSink();
        _reading.Add(ReadAsync(sink, filter ?? s_all, after, long.MaxValue, _stop.Token));
        return sink;
    }

    private async Task ReadAsync(HeldSink sink, StreamFilter filter, ulong after, long limit, CancellationToken stop)
    {
        var hello = StreamItem.Hello(MadeLog.Chain, isSynthetic: false, new GlobalSeq(after), _log.Watermark);
        try
        {
            await _readers.ServeAsync(new StreamRequest(MadeLog.Chain, filter, hello) { Limit = limit }, sink, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader left.
        }
    }

    /// <summary>Lets time pass until a reader has an event.</summary>
    private Task EventsAsync(HeldSink reader, ulong last) => Until.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return reader.Events is [.., var newest] && newest == last;
        },
        $"event {last} is received");

    private static ulong[] Range(ulong first, ulong last) => [.. Enumerable.Range(0, (int)(last - first + 1)).Select(offset => first + (ulong)offset)];
}
