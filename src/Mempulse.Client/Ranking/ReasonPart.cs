namespace Mempulse.Client.Ranking;

/// <summary>What one feature contributes to a score.</summary>
/// <param name="Part">The part of the score: urgency, value or risk.</param>
/// <param name="Points">What it adds to that part.</param>
/// <param name="Text">The reason in words and numbers.</param>
public sealed record ReasonPart(string Part, long Points, string Text);
