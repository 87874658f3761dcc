namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>What happened to opportunities since a position of the log, by cause; the most frequent first.</summary>
/// <param name="Since">The first position that is counted.</param>
/// <param name="UpTo">The last position that is counted.</param>
/// <param name="Detected">Opportunities by strategy.</param>
/// <param name="Simulated">Simulations by what they gave.</param>
/// <param name="Attempts">Requests by how relays answered.</param>
/// <param name="Outcomes">Bundles by their last verdict.</param>
internal sealed record OppTotals(ulong Since, ulong UpTo, IReadOnlyList<(string Cause, long Count)> Detected, IReadOnlyList<(string Cause, long Count)> Simulated, IReadOnlyList<(string Cause, long Count)> Attempts, IReadOnlyList<(string Cause, long Count)> Outcomes)
{
    /// <summary>Nothing yet.</summary>
    public static OppTotals None { get; } = new(1, 0, [], [], [], []);
}
