using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Books;

/// <summary>What was read of pools.</summary>
/// <param name="Facts">What goes into the log.</param>
/// <param name="Problem">Why something could not be read, in a sentence; empty if everything was.</param>
internal sealed record BookReadings(IReadOnlyList<LogEvent> Facts, string Problem);
