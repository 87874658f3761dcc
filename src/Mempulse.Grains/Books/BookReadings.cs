using Mempulse.Grains.Abstractions.Books;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Books;

/// <summary>What was read of pools.</summary>
/// <param name="Facts">What goes into the log.</param>
/// <param name="Problem">Why something could not be read, in a sentence; empty if everything was.</param>
/// <param name="Unread">Pools that the source does not have, although it answers: asking again at the same block gives no more.</param>
internal sealed record BookReadings(IReadOnlyList<LogEvent> Facts, string Problem, IReadOnlyList<PlannedPool> Unread);
