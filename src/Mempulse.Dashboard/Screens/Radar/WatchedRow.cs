using Mempulse.Dashboard.Screens.Transaction;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>A watched transaction as a row.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Last">The last step of its life; null if the log does not have it.</param>
internal sealed record WatchedRow(string Hash, LifeLine? Last)
{
    /// <summary>Its state, in a word.</summary>
    public string State => Last?.State ?? "Not on this log";
}
