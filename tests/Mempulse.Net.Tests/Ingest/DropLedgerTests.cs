using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Drops until they are on record: exact counts, exact windows, and a bound on the kinds that are counted apart.</summary>
public sealed class DropLedgerTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly FakeTimeProvider _time = new(s_start);
    private readonly List<(LogEvent.TxIngestDropped Drop, SourceId Source, UnixNanoseconds At)> _recorded = [];
    private readonly DropLedger _ledger;
    private bool _isFull;

    public DropLedgerTests() => _ledger = new DropLedger(PipelineParts.Context(new IngestPipelineOptions { DropWindow = TimeSpan.FromSeconds(2) }, _time));

    [Fact]
    public void An_entry_is_recorded_when_its_window_has_ended_exactly_and_once()
    {
        Add(DropReason.QueueFull, "a", 1);
        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Drain();
        Assert.Empty(_recorded);
        Assert.True(_ledger.HasOpen);

        _time.Advance(TimeSpan.FromTicks(1));
        Drain();
        Drain();

        Assert.Single(_recorded);
        Assert.False(_ledger.HasOpen);
    }

    [Fact]
    public void Drops_of_one_kind_share_an_entry_and_others_do_not()
    {
        Add(DropReason.QueueFull, "a", 1, depthNow: 9, depthPeak: 9);
        _time.Advance(TimeSpan.FromSeconds(1));
        Add(DropReason.QueueFull, "a", 2, depthNow: 3, depthPeak: 7);
        Add(DropReason.QueueFull, "b", 3);
        Add(DropReason.Oversize, "a", 4);
        _ledger.Add(DropReason.QueueFull, "another queue", SourceId.Of("a"), Hash(5), count: 11, 0, 0, "five");
        Drain(isAll: true);

        Assert.Equal(4, _recorded.Count);
        var (drop, source, at) = _recorded[0];
        Assert.Equal((2UL, Hash(1), Hash(2), 3UL, 9UL, "2"), (drop.Count, drop.First, drop.Last, drop.DepthNow, drop.DepthPeak, drop.Detail));
        Assert.Equal((SourceId.Of("a"), UnixNanoseconds.FromUtcTicks(s_start.UtcTicks), 1_000_000_000UL), (source, at, drop.SpanNanoseconds));
        Assert.Equal([(DropReason.QueueFull, 14L), (DropReason.Oversize, 1L)], _ledger.ReadTotals().Select(total => (total.Reason, total.Count)).OrderByDescending(static total => total.Count));
    }

    [Fact]
    public void What_finds_no_room_in_the_log_is_kept_with_its_count_and_its_first_time()
    {
        for (int round = 0; round < 3; round++)
        {
            Add(DropReason.QueueFull, "a", round);
            _isFull = round < 2;
            Drain(isAll: true);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var (drop, _, at) = Assert.Single(_recorded);
        Assert.Equal((3UL, Hash(0), Hash(2), 2_000_000_000UL), (drop.Count, drop.First, drop.Last, drop.SpanNanoseconds));
        Assert.Equal(UnixNanoseconds.FromUtcTicks(s_start.UtcTicks), at);
        Assert.Equal(3, Assert.Single(_ledger.ReadTotals()).Count);
    }

    [Fact]
    public void Beyond_the_limit_of_kinds_the_sources_share_an_entry_per_reason_and_no_count_is_lost_round_after_round()
    {
        for (int round = 1; round <= 2; round++)
        {
            _recorded.Clear();
            for (int i = 0; i < DropLedger.MaxKinds + 50; i++)
            {
                Add(DropReason.QueueFull, $"source {i}", i);
                Add(DropReason.QueueFull, $"source {i}", i);
            }

            Drain(isAll: true);

            Assert.Equal(DropLedger.MaxKinds + 1, _recorded.Count);
            Assert.Equal(100UL, Assert.Single(_recorded, entry => entry.Source == default).Drop.Count);
            Assert.Equal(2UL * (DropLedger.MaxKinds + 50), _recorded.Aggregate(0UL, static (sum, entry) => sum + entry.Drop.Count));
            Assert.Equal(2L * round * (DropLedger.MaxKinds + 50), Assert.Single(_ledger.ReadTotals()).Count);
        }
    }

    private static Hash256 Hash(int number) => SampleBody.HashOf(BitConverter.GetBytes(number));

    private void Add(DropReason reason, string source, int number, int depthNow = 0, int depthPeak = 0) =>
        _ledger.Add(reason, "queue", SourceId.Of(source), Hash(number), depthNow, depthPeak, $"{number}");

    private void Drain(bool isAll = false) => _ledger.Drain(isAll, (drop, source, at) =>
    {
        if (!_isFull)
        {
            _recorded.Add((drop, source, at));
        }

        return !_isFull;
    });
}
