namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>A piece of evidence.</summary>
/// <param name="Strength">How far it can be relied on.</param>
/// <param name="Sentence">What it says.</param>
/// <param name="How">How that is known, or what would decide it.</param>
/// <param name="Seq">The event that says so; null for none.</param>
internal sealed record EvidenceRow(string Strength, string Sentence, string How, ulong? Seq);
