using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Scoring;

/// <summary>Keeps how the log states that opportunities are scored, so that a replay scores them alike. Where it states nothing, <see cref="OpportunityScoring.Default"/> holds.</summary>
internal sealed class ScoringFold : IDerivation, IScoringView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "scoring/1";

    private readonly StatedRules<OpportunityScoring> _stated;

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="contents">The contents that the log names by their hash.</param>
    public ScoringFold(IRulesContents contents) => _stated = new StatedRules<OpportunityScoring>(
        new StatedPart<OpportunityScoring> { Set = RuleSet.Scoring, Tag = 0x32, Noun = "scoring", Read = ScoringChoice.Read, VersionsOf = static scoring => scoring.Profile.Version }, contents, Ledger);

    /// <inheritdoc/>
    /// <remarks>With the versions of what scores by default: a checkpoint of others is not used.</remarks>
    public string RuleVersion { get; } = $"{CurrentRuleVersion}({OpportunityScoring.Default.Profile.Version})";

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x32, 0x33));

    /// <inheritdoc/>
    public OpportunityScoring InForce => _stated.Value ?? OpportunityScoring.Default;

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or names a profile that this program does not have.</exception>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived) => _stated.TryTake(fact);

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => _stated.Save(writer);

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or names a profile that this program does not have.</exception>
    public void Restore(ref CheckpointReader reader) => _stated.Restore(ref reader);

    /// <inheritdoc/>
    public void AssertInvariants() => Invariant.That(_stated.IsConsistent, "INV-125", "opportunities are scored as the log states");
}
