namespace Mempulse.Client.Bundles;

/// <summary>An event of a bundle, of its opportunity or of its simulation.</summary>
/// <param name="Seq">Its position in the log; GET /events shows it.</param>
/// <param name="Time">Its time.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Cause">The position of the fact that it follows from; null for a fact.</param>
/// <param name="Sentence">What it says; null for events that have an answer of their own.</param>
public sealed record BundleEventPart(ulong Seq, string Time, string Type, ulong? Cause, string? Sentence);
