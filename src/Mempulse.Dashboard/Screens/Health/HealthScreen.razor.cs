using Mempulse.Api.Serving;
using Mempulse.Dashboard.Components;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Observations;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>The state of the screen of health: what it read last.</summary>
public partial class HealthScreen
{
    /// <summary>Rows of a table that are shown; the rest is counted in its head.</summary>
    private const int MaxRows = 64;

    private const int RateSteps = 5;

    private HealthReading? _reading;
    private IReadOnlyList<SourceRow> _sources = [];
    private long _appendRate;
    private string _lagLine = string.Empty;

    [Inject]
    private IOptions<ServingOptions> Options { get; set; } = null!;

    private ServingOptions Limits => Options.Value;

    private string AppendTimes => (Meters.AppendTime(50), Meters.AppendTime(99)) is ({ } median, { } highest)
        ? $"{Times.Duration(median.Ticks * 100)}, {Times.Duration(highest.Ticks * 100)}"
        : "not measured in this process";

    private string Disk => (Metric("mempulse_log_disk_free_bytes"), Metric("mempulse_log_disk_size_bytes")) is ({ } free, { } size and > 0)
        ? $"{Figures.Bytes(free)} free of {Figures.Bytes(size)}"
        : "not measured in this process";

    private int OpenStreams => Limits.MaxStreams - (int)(Shares.Streams.GetStatistics()?.CurrentAvailablePermits ?? Limits.MaxStreams);

    private string ReaderNote => $"{Figures.Count(Feed.Viewers)} of {Figures.Count(Limits.MaxViewers)} viewers, {Figures.Count(OpenStreams)} of {Figures.Count(Limits.MaxStreams)} readers; a slow reader is coalesced and told so";

    private string DecoderNote => _reading is { } reading
        ? $"{Math.Min(MaxRows, reading.Decoders.Decoders.Count)} of {reading.Decoders.Decoders.Count}, drifting first; below 95 % of 20 is drifting"
        : string.Empty;

    private string GapNote => _reading is not { } reading ? string.Empty
        : $"last day {Figures.Count(reading.Gaps.Gaps.Count)}{(reading.Gaps.IsCut ? " and more" : string.Empty)}, {Times.Duration(reading.Gaps.Gaps.Sum(gap => (gap.To ?? Now!.Clock).Value - gap.From.Value))} together";

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (Now is not { } now || Viewer.IsPaused)
        {
            return;
        }

        _reading = await Reader.ReadAsync();
        var history = Feed.History.Read("5m", out int step, out _);
        _sources = SourceRow.Of(now, _reading.Spread, history, step);
        _lagLine = Sparkline.Of(history.Select(static reading => reading?.Lag));
        var last = history.TakeLast(RateSteps + 1).ToArray();
        _appendRate = last is [{ } oldest, .., { } newest] ? (newest.Appended - oldest.Appended) * 1_000 / (RateSteps * step) : 0;
    }

    private long? Metric(string name) => Now is { } now && Alerts.Samples.FirstOrDefault(sample => sample.Name == name && sample.Labels.GetValueOrDefault("chain") == now.Chain.ToString()) is { } sample ? (long)sample.Value : null;

    private static string NameOf(string signature) => signature.Split('(')[0];

    private static string WhyOf(SeenGap gap) => gap.Kind switch
    {
        "Disconnected" => gap.Reason.Length > 0 ? $"not connected: {gap.Reason}" : "not connected",
        "Silent" => $"silent, {Figures.Count(gap.Count)} reported by others",
        "Throttled" => $"throttled, {Figures.Count(gap.Count)} dropped",
        "Unrecorded" => "nothing could be recorded",
        "Blind" => "no source connected",
        var other => other,
    };
}
