using Mempulse.Api.Decoding;
using Mempulse.Api.Streaming;
using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>Reads what the screen of health shows, once for all viewers.</summary>
internal sealed class HealthReader
{
    private const int WindowMinutes = 15;
    private const long NanosecondsPerDay = 86_400_000_000_000;

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(2);

    private readonly IGrainFactory _grains;
    private readonly LiveFeed _feed;
    private readonly RegistryCache _registries;
    private readonly StreamReaders _streams;
    private readonly TimeProvider _time;
    private readonly SharedReading<HealthReading> _shared;
    private Dictionary<long, ReaderStanding> _before = [];
    private long _beforeAt;

    /// <summary>Creates a reader.</summary>
    public HealthReader(IGrainFactory grains, LiveFeed feed, RegistryCache registries, StreamReaders streams, TimeProvider time)
    {
        (_grains, _feed, _registries, _streams, _time) = (grains, feed, registries, streams, time);
        _shared = new SharedReading<HealthReading>(ReadNowAsync, _period, time);
    }

    /// <summary>Returns what is shown now.</summary>
    public Task<HealthReading> ReadAsync() => _shared.ReadAsync();

    private async Task<HealthReading> ReadNowAsync()
    {
        var fold = _grains.Mempool(_feed.Chain);
        var until = _feed.Latest?.Clock ?? default;
        var spread = fold.GetPropagation(WindowMinutes);
        var relays = fold.GetRelays();
        var grades = fold.GetDecoders();
        var gaps = fold.GetGaps(new UnixNanoseconds(Math.Max(0, until.Value - NanosecondsPerDay)), until);
        var registry = await _registries.FindAsync(_feed.Chain).ConfigureAwait(false);
        return new HealthReading(
            await spread.ConfigureAwait(false),
            await relays.ConfigureAwait(false),
            DecodersText.Of(_feed.Chain, await grades.ConfigureAwait(false), registry),
            await gaps.ConfigureAwait(false),
            Readers());
    }

    /// <summary>The readers of the chain; one reading runs at a time.</summary>
    private IReadOnlyList<ReaderRow> Readers()
    {
        var passed = _time.GetElapsedTime(_beforeAt);
        var now = _streams.Standings.Where(reader => reader.Chain == _feed.Chain).ToList();
        ulong end = _feed.Latest?.Log.Watermark.Value ?? 0;
        var rows = now.Select(reader => ReaderRow.Of(reader, _before.GetValueOrDefault(reader.Number), passed, end)).OrderByDescending(static row => row.IsSlow).ThenByDescending(static row => row.Behind).ThenBy(static row => row.Number);
        IReadOnlyList<ReaderRow> sorted = [.. rows];
        (_before, _beforeAt) = (now.ToDictionary(static reader => reader.Number), _time.GetTimestamp());
        return sorted;
    }
}
