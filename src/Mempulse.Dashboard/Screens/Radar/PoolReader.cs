using System.Collections.Concurrent;
using Mempulse.Api.Decoding;
using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>Reads the pool for all viewers together: one plot, one list of what ended, and one page for each filter in use.</summary>
internal sealed class PoolReader
{
    /// <summary>Filters in use at a time; a filter beyond them is read for its viewer alone.</summary>
    private const int MaxPages = 64;

    private const int WindowMinutes = 15;

    private static readonly TimeSpan _spreadPeriod = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, SharedReading<TxListPage>> _pages = new(StringComparer.Ordinal);
    private readonly RecentEnds _ends = new();
    private readonly PlotPlaces _places = new();
    private readonly InclusionTip _tip;
    private readonly IGrainFactory _grains;
    private readonly LiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly SharedReading<PlotFrame> _plot;
    private readonly SharedReading<HearingReading> _hearing;
    private PlotFrame? _frame;

    /// <summary>Creates a reader.</summary>
    public PoolReader(IGrainFactory grains, LiveFeed feed, RegistryCache registries, TimeProvider time)
    {
        (_grains, _feed, _time, Registries) = (grains, feed, time, registries);
        _tip = new InclusionTip(grains, feed);
        var half = LiveFeed.Period / 2;
        _plot = new SharedReading<PlotFrame>(ReadPlotAsync, half, time);
        _hearing = new SharedReading<HearingReading>(ReadHearingAsync, _spreadPeriod, time);
    }

    /// <summary>The names of contracts.</summary>
    public RegistryCache Registries { get; }

    /// <summary>The points of the pool.</summary>
    public Task<PlotFrame> PlotAsync() => _plot.ReadAsync();

    /// <summary>Who hears first.</summary>
    public Task<HearingReading> HearingAsync() => _hearing.ReadAsync();

    /// <summary>A page of the pool.</summary>
    /// <param name="key">The filter as text: equal texts are one reading.</param>
    /// <param name="query">The filter.</param>
    public Task<TxListPage> PageAsync(string key, TxListQuery query)
    {
        if (_pages.Count >= MaxPages && !_pages.ContainsKey(key))
        {
            _pages.Clear(); // those in use come back with their next reading
        }

        return _pages.GetOrAdd(key, _ => new SharedReading<TxListPage>(() => _grains.Mempool(_feed.Chain).ListTxs(query).AsTask(), LiveFeed.Period / 2, _time)).ReadAsync();
    }

    /// <summary>The state of a transaction that left the pool lately; unknown otherwise.</summary>
    public TxState EndOf(Hash256 hash) => _ends.Find(hash);

    private async Task<PlotFrame> ReadPlotAsync()
    {
        var fold = _grains.Mempool(_feed.Chain);
        var tip = await _tip.ReadAsync().ConfigureAwait(false);
        var plot = await fold.PlotTxs(_frame?.Counts.AsOf ?? GlobalSeq.None).ConfigureAwait(false);
        var paying = await fold.ListTxs(new TxListQuery { Fees = [FeeClass.Next], MinTip = tip, Limit = 1 }).ConfigureAwait(false);
        var changes = await fold.ListTxChanges(_ends.Since).ConfigureAwait(false);
        _ends.Add(changes);
        var changed = _places.Take(plot);
        _frame = new PlotFrame(_frame, _places.ToArray(), changed) { Counts = plot.Counts, IsSample = plot.SampleShift > 0, InclusionTip = tip, Includable = paying.Matching };
        return _frame;
    }

    private async Task<HearingReading> ReadHearingAsync()
    {
        var fold = _grains.Mempool(_feed.Chain);
        var spread = fold.GetPropagation(WindowMinutes);
        var observers = await fold.GetObservers().ConfigureAwait(false);
        return new HearingReading(await spread.ConfigureAwait(false), observers.Where(static known => known.Peer is not null).DistinctBy(static known => known.Name).ToDictionary(static known => known.Name, StringComparer.Ordinal));
    }
}
