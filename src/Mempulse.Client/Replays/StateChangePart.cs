namespace Mempulse.Client.Replays;

/// <summary>How many transactions are in a state at two positions.</summary>
/// <param name="Status">The state.</param>
/// <param name="From">How many at the first position.</param>
/// <param name="To">How many at the second.</param>
/// <param name="Change">The difference.</param>
public sealed record StateChangePart(string Status, long From, long To, long Change);
