using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Histories;

/// <summary>A record of the log, decoded.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="At">Its time.</param>
/// <param name="Cause">The position of the fact that it follows from; none for a fact.</param>
/// <param name="Event">The event.</param>
public sealed record LoggedEvent(GlobalSeq Seq, UnixNanoseconds At, GlobalSeq Cause, LogEvent Event);
