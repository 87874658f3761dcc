namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>What an opportunity is about: tokens of a path, and what follows them.</summary>
/// <param name="Steps">Names of tokens, between which arrows are drawn; one text for what is no path.</param>
/// <param name="Venues">Names of protocols in the order of the exchanges; empty for what is no path.</param>
internal sealed record OppTitle(IReadOnlyList<string> Steps, IReadOnlyList<string> Venues)
{
    /// <summary>The same as text, for screen readers and for search.</summary>
    public string Spoken => string.Join(" to ", Steps) + (Venues.Count > 0 ? ", " + string.Join(" to ", Venues) : string.Empty);
}
