using Mempulse.Primitives;

namespace Mempulse.Tracing.Exporting;

/// <summary>Where an export stands.</summary>
/// <param name="Next">The first record whose spans are not exported.</param>
/// <param name="Oldest">Where the first trace that is not complete begins; at most <paramref name="Next"/>.</param>
internal readonly record struct TraceStanding(GlobalSeq Next, GlobalSeq Oldest);
