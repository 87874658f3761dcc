namespace Mempulse.Dashboard.Feed;

/// <summary>Something that is wrong now.</summary>
/// <param name="IsCritical">True if something has stopped; otherwise work goes on.</param>
/// <param name="Sentence">What is wrong, in a sentence.</param>
/// <param name="Since">The reading that first showed it.</param>
internal sealed record Alert(bool IsCritical, string Sentence, Primitives.UnixNanoseconds Since);
