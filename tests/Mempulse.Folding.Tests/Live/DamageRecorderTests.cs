using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Folding.Tests.Live;

/// <summary>Damage that is found at any time is on record once, in its own lane, and a refusal only delays it.</summary>
public sealed class DamageRecorderTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(100));
    private readonly List<(ulong LocalSeq, LogEvent.DamageFound Event, UnixNanoseconds At)> _appended = [];
    private int _calls;
    private volatile int _refusals;

    [Fact]
    public async Task What_is_found_before_the_start_and_after_it_is_recorded_in_order_behind_what_the_lane_has()
    {
        await using var recorder = new DamageRecorder(_time);
        recorder.Found(Damage("/log/a.wal", 4));
        Assert.Empty(_appended);

        recorder.Start(new LaneSequence(GlobalSeq.None, 7), AppendAsync);
        await Until.TrueAsync(() => Count == 1, "the first is on record");
        recorder.Found(Damage("/log/b.wal", 5));
        await Until.TrueAsync(() => Count == 2, "the second is on record");

        Assert.Equal([8UL, 9UL], _appended.Select(entry => entry.LocalSeq));
        Assert.Equal(("a.wal", 4UL, 11UL, 12UL, "this", "that"), Fields(_appended[0].Event));
        Assert.Equal("b.wal", _appended[1].Event.File);
        Assert.Equal(100_000_000_000, _appended[0].At.Value);
    }

    [Fact]
    public async Task A_refused_record_is_repeated_unchanged_after_a_second()
    {
        _refusals = 2;
        await using var recorder = new DamageRecorder(_time);
        recorder.Start(last: null, AppendAsync);

        recorder.Found(Damage("/log/a.wal", 4));
        await Until.TrueAsync(() => Volatile.Read(ref _calls) == 1, "the first attempt");
        _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(1, Volatile.Read(ref _calls));
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Count == 1;
            },
            "it is on record");

        Assert.Equal(1UL, _appended[0].LocalSeq);
        Assert.Equal(3, Volatile.Read(ref _calls));
    }

    [Fact]
    public async Task Disposing_gives_up_what_the_log_refuses_and_returns()
    {
        _refusals = int.MaxValue;
        var recorder = new DamageRecorder(_time);
        recorder.Start(last: null, AppendAsync);
        recorder.Found(Damage("/log/a.wal", 4));
        await Until.TrueAsync(() => Volatile.Read(ref _calls) == 1, "the first attempt");

        await recorder.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        recorder.Found(Damage("/log/b.wal", 5)); // too late, and harmless
        Assert.Equal(0, Count);
    }

    [Fact]
    public async Task No_more_than_the_log_reports_are_kept_and_finding_more_never_blocks()
    {
        await using var recorder = new DamageRecorder(_time);
        for (int i = 0; i < EventLog.MaxDamage + 5; i++)
        {
            recorder.Found(Damage("/log/a.wal", i));
        }

        recorder.Start(last: null, AppendAsync);

        await Until.TrueAsync(() => Count == EventLog.MaxDamage, "all that were kept are on record");
        Assert.Equal((ulong)EventLog.MaxDamage - 1, _appended[^1].Event.Offset);
    }

    private int Count
    {
        get
        {
            lock (_appended)
            {
                return _appended.Count;
            }
        }
    }

    private static LogDamage Damage(string file, long offset) => new(file, offset, "this", "that") { First = new GlobalSeq(11), Last = new GlobalSeq(12) };

    private static (string File, ulong Offset, ulong First, ulong Last, string Expected, string Actual) Fields(LogEvent.DamageFound found) =>
        (found.File, found.Offset, found.First.Value, found.Last.Value, found.Expected, found.Actual);

    private ValueTask<FoldAppend> AppendAsync(EventBatch batch)
    {
        Assert.Equal((DamageRecorder.Lane, 1), (batch.Lane, batch.Count));
        Interlocked.Increment(ref _calls);
        if (_refusals > 0)
        {
            _refusals--;
            return ValueTask.FromResult(FoldAppend.NotYet("full"));
        }

        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        lock (_appended)
        {
            while (records.MoveNext())
            {
                _appended.Add((records.Current.LocalSeq, (LogEvent.DamageFound)LogEvent.Decode(records.Current)!, records.Current.Timestamp));
            }
        }

        return ValueTask.FromResult(FoldAppend.Durable);
    }
}
