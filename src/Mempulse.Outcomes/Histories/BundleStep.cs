using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Histories;

/// <summary>An event of a bundle.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="At">Its time.</param>
/// <param name="Cause">The position of the fact that it follows from; none for a fact.</param>
/// <param name="Word">What it is, in one word with underscores.</param>
/// <param name="Strength">How far it can be relied on: what relays say is no proof.</param>
/// <param name="Sentence">What it says.</param>
public sealed record BundleStep(GlobalSeq Seq, UnixNanoseconds At, GlobalSeq Cause, string Word, EvidenceStrength Strength, string Sentence);
