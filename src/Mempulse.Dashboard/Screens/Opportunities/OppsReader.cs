using Mempulse.Api.Decoding;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Opportunities;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Reads the lists of opportunities, once for all viewers.</summary>
internal sealed class OppsReader
{
    /// <summary>Opportunities that are listed, the newest.</summary>
    public const int MaxRows = 400;

    private const int MaxMisses = 3;

    /// <summary>Pages of the log that one reading takes: a long log is caught up over several readings.</summary>
    private const int MaxPages = 64;

    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(500);

    private readonly IGrainFactory _grains;
    private readonly LiveFeed _feed;
    private readonly RegistryCache _registries;
    private readonly OppIndex _index = new();
    private readonly SharedReading<OppsReading> _shared;

    /// <summary>Creates a reader.</summary>
    public OppsReader(IGrainFactory grains, LiveFeed feed, RegistryCache registries, TimeProvider time)
    {
        (_grains, _feed, _registries) = (grains, feed, registries);
        _shared = new SharedReading<OppsReading>(ReadNowAsync, _period, time);
    }

    /// <summary>Returns what is shown now.</summary>
    public Task<OppsReading> ReadAsync() => _shared.ReadAsync();

    private async Task<OppsReading> ReadNowAsync()
    {
        var chain = _feed.Chain;
        await CatchUpAsync(_grains.LogReader(chain)).ConfigureAwait(false); // the shared reading runs one at a time, so the index has one writer
        var page = await _grains.Mempool(chain).ListOpportunities(new OppQuery(string.Empty, string.Empty, null, MaxRows)).ConfigureAwait(false);
        var registry = await _registries.FindAsync(chain).ConfigureAwait(false);
        var head = _feed.Latest?.Pool.HeadNumber ?? default;
        var titles = new OppTitles(chain, registry, head);
        var held = page.Opportunities.ToDictionary(static opp => opp.Id);
        return new OppsReading(
            page,
            [.. _index.Newest(MaxRows).Select(opp => OppRows.Of(opp, held.GetValueOrDefault(opp.Detected.Opp), titles))],
            _index.Totals,
            [.. _index.Misses.Take(MaxMisses).Select(miss => (titles.Of(miss.Detected, held: null) with { Venues = [] }, "−" + Figures.Ether(miss.Loss.Value)))]);
    }

    private async Task CatchUpAsync(ILogReaderGrain log)
    {
        if (_index.At is null)
        {
            _index.Begin(await log.Watermark().ConfigureAwait(false));
        }

        for (int pages = 0; pages < MaxPages; pages++)
        {
            var page = await log.Scan(new ScanQuery(_index.At!.Value, OppIndex.Kinds, ScanQuery.MaxLimit)).ConfigureAwait(false);
            _index.Take(page);
            if (page.IsAtEnd || page.Damage is not null)
            {
                return;
            }
        }
    }
}
