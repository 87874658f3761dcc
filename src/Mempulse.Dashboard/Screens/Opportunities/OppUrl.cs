using System.Globalization;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>The address of a list of opportunities: all of its state is in it.</summary>
internal static class OppUrl
{
    /// <summary>The query, with its question mark; empty for the default list.</summary>
    /// <param name="filter">Which opportunities, and their order.</param>
    /// <param name="view">"table"; null for the board.</param>
    public static string Query(OppFilter filter, string? view)
    {
        (string Name, string? Value)[] all =
        [
            ("view", view), ("strategy", filter.Strategy), ("stage", filter.Stage), ("strength", filter.Strength), ("score", filter.Score?.ToString(CultureInfo.InvariantCulture)), ("pair", filter.Pair), ("relay", filter.Relay),
            ("sort", filter.Sort == "score" ? null : filter.Sort),
        ];
        string query = string.Join('&', all.Where(static part => part.Value is not null).Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? string.Empty : "?" + query;
    }
}
