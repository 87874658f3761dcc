using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Rules;

/// <summary>Keeps the rules that the log states, so that a replay judges each transaction by those that held when it came.</summary>
internal sealed class RulesFold : IDerivation, IRulesView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "rules/2";

    private readonly StatedRules<ContractRegistry> _stated;

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="contents">The contents that the log names by their hash.</param>
    public RulesFold(IRulesContents contents) =>
        _stated = new StatedRules<ContractRegistry>(new StatedPart<ContractRegistry> { Set = RuleSet.Registry, Tag = 0x30, Noun = "registry", Read = contents.RegistryOf }, contents, Ledger);

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x30, 0x31));

    /// <inheritdoc/>
    public RulesInForce? Registry { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or this version cannot read it.</exception>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (_stated.TryTake(fact))
        {
            Registry = InForce();
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => _stated.Save(writer);

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or this version cannot read it.</exception>
    public void Restore(ref CheckpointReader reader)
    {
        _stated.Restore(ref reader);
        Registry = InForce();
    }

    /// <inheritdoc/>
    public void AssertInvariants() => Invariant.That(
        _stated.IsConsistent && Registry?.Registry.ContentHash == _stated.Entry?.ContentHash && Registry?.Since == _stated.Entry?.Since, "INV-110", "the registry in use is the one that the log states");

    private RulesInForce? InForce() => _stated is { Value: { } registry, Entry: { } entry } ? new RulesInForce(registry, entry.Name, entry.Since) : null;
}
