using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Listing;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>A part of the filter that can be chosen.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Parameter">Its name in the address.</param>
/// <param name="Value">What is chosen; null for all.</param>
/// <param name="Choices">What can be chosen, and how it is called.</param>
internal sealed record FilterChip(string Name, string Parameter, string? Value, IReadOnlyList<(string Value, string Name)> Choices)
{
    private const int MaxChoices = 24;

    private static readonly (string, string)[] _states = [("pending", "Pending"), ("queued", "Queued"), ("seen", "Seen"), ("left", "Left"), ("pending,queued,seen", "Pending, queued, seen")];
    private static readonly (string, string)[] _fees = [("next", "≥ next base"), ("near", "within 12.5 %"), ("below", "below")];

    /// <summary>What is chosen, in words.</summary>
    public string Shown => Choices.FirstOrDefault(choice => choice.Value == Value).Name ?? ChainText.Of(Value ?? string.Empty);

    /// <summary>The parts of the filter of a screen; what can be chosen is what the page has.</summary>
    public static IReadOnlyList<FilterChip> Of(RadarScreen screen, TxListPage? page, FeedTick? now)
    {
        var calls = (page?.Rows ?? []).Select(static row => row.Body?.Call).OfType<TxListCall>().ToList();
        return
        [
            new("state", "state", screen.State, _states),
            new("fee", "fee", screen.Fee, _fees),
            new("category", "category", screen.Category, Named(calls.Select(static call => call.Category))),
            new("protocol", "protocol", screen.Protocol, Named(calls.Select(static call => call.Protocol))),
            new("flags", "flag", screen.Flag, Named((page?.Rows ?? []).SelectMany(static row => row.Flags).Where(static flag => flag.Standing == "Present").Select(static flag => flag.Name))),
            new("source", "source", screen.Source, Named((now?.Sources ?? []).Select(static source => source.Name))),
        ];
    }

    private static IReadOnlyList<(string Value, string Name)> Named(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxChoices).Select(static name => (name, name.Replace('_', ' ')))];
}
