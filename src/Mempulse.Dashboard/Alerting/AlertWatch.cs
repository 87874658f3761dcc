using System.Globalization;
using System.Text.RegularExpressions;
using Mempulse.Primitives;
using Microsoft.Extensions.Hosting;

namespace Mempulse.Dashboard.Alerting;

/// <summary>Evaluates the shipped rules from the meters of this process, whether somebody watches or not, so that it is known since when one holds.</summary>
/// <remarks>Prometheus alerts; this shows on the node's own screen what it would say. Readers get the last states.</remarks>
internal sealed partial class AlertWatch(NodeMeters meters, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<(AlertRule Rule, RuleCondition? Condition)> _rules = [.. AlertRules.Shipped.Select(static rule => (rule, RuleCondition.Of(rule.Expression)))];
    private readonly Dictionary<string, UnixNanoseconds> _since = new(StringComparer.Ordinal);

    /// <summary>The rules, those that fire first; empty before the first reading.</summary>
    public IReadOnlyList<RuleState> States { get; private set; } = [];

    /// <summary>The metrics that they were evaluated from.</summary>
    public IReadOnlyList<MeterSample> Samples { get; private set; } = [];

    /// <summary>The last alert that ended; null if none has.</summary>
    public EndedAlert? Resolved { get; private set; }

    /// <summary>Evaluates all rules.</summary>
    internal void Evaluate(IReadOnlyList<MeterSample> samples, UnixNanoseconds now)
    {
        var before = States;
        Samples = samples;
        var states = _rules.Select(rule => Evaluate(rule.Rule, rule.Condition?.Evaluate(samples), now)).ToList();
        if (before.FirstOrDefault(alert => alert.Standing == RuleStanding.Firing && states.First(state => state.Rule == alert.Rule).Standing != RuleStanding.Firing) is { } ended)
        {
            Resolved = new EndedAlert(ended, now);
        }

        States = [.. states.OrderByDescending(static state => state.Standing == RuleStanding.Firing).ThenByDescending(static state => state.Standing == RuleStanding.Pending)];
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        try
        {
            do
            {
                Evaluate(meters.Read(), UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private static string SentenceOf(AlertRule rule, MeterSample sample) => Place().Replace(rule.Summary, place =>
        place.Groups["label"].Success ? sample.Labels.GetValueOrDefault(place.Groups["label"].Value, "unknown")
        : place.Groups["format"].Value == "humanizePercentage" ? string.Create(CultureInfo.InvariantCulture, $"{sample.Value * 100:0.##} %")
        : sample.Value.ToString("0.###", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\{\{ \$(labels\.(?<label>[a-z_]+)|value)( \| (?<format>[a-zA-Z]+))? \}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    private RuleState Evaluate(AlertRule rule, IReadOnlyList<MeterSample>? held, UnixNanoseconds now)
    {
        if (held is null or [])
        {
            _since.Remove(rule.Name);
            return new RuleState(rule, held is null ? RuleStanding.Elsewhere : RuleStanding.Quiet, default, string.Empty);
        }

        var since = _since.TryGetValue(rule.Name, out var known) ? known : now;
        _since[rule.Name] = since;
        bool isFiring = now.Value - since.Value >= rule.For.Ticks * 100;
        return new RuleState(rule, isFiring ? RuleStanding.Firing : RuleStanding.Pending, since, string.Join(" ", held.Select(sample => SentenceOf(rule, sample))));
    }
}
