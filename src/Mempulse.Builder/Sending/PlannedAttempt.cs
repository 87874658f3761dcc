namespace Mempulse.Builder.Sending;

/// <summary>An attempt that is about to be made.</summary>
/// <param name="Number">Its number for this bundle and relay; the first is 1.</param>
/// <param name="Backoff">How long was waited before it.</param>
public readonly record struct PlannedAttempt(int Number, TimeSpan Backoff);
