namespace Mempulse.Client.Opportunities;

/// <summary>An event about an opportunity.</summary>
/// <param name="Seq">Its position in the log; GET /events shows it.</param>
/// <param name="Time">Its time.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Cause">The position of the fact that it follows from; null for a fact.</param>
public sealed record OppEvidencePart(ulong Seq, string Time, string Type, ulong? Cause);
