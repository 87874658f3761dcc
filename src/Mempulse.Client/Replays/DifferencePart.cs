namespace Mempulse.Client.Replays;

/// <summary>A logged derived event that differs from what the replay derives.</summary>
/// <param name="Seq">The logged event at which it was detected.</param>
/// <param name="Kind">"Different", "Missing", "Unexpected" or "Repeated".</param>
/// <param name="Cause">The position of the fact that the event is derived from.</param>
/// <param name="Ordinal">Its number among the events of this fact.</param>
/// <param name="Field">The first field that differs; "record" when the whole event does.</param>
/// <param name="Expected">What the replay derives.</param>
/// <param name="Actual">What the log holds.</param>
public sealed record DifferencePart(ulong Seq, string Kind, ulong Cause, ulong Ordinal, string Field, string Expected, string Actual);
