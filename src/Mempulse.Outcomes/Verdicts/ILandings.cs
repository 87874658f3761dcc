using Mempulse.Outcomes.Bundles;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Which bundles landed by the last fact.</summary>
internal interface ILandings
{
    /// <summary>Bundles whose verdict the last fact made <see cref="Primitives.Events.BundleVerdict.Landed"/>, with a strength of at least strong.</summary>
    IReadOnlyList<BundleEntry> LastLanded { get; }
}
