using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Strategies;

/// <summary>Keeps which strategies the log states, so that a replay runs the same. A log that states none runs all of <see cref="StrategyCatalog"/>.</summary>
internal sealed class StrategiesFold : IDerivation, IStrategiesView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "strategies/2";

    private readonly StatedRules<IReadOnlyList<IStrategy>> _stated;

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="contents">The contents that the log names by their hash.</param>
    /// <param name="source">The strategies of this program.</param>
    public StrategiesFold(IRulesContents contents, IStrategySource source) => _stated = new StatedRules<IReadOnlyList<IStrategy>>(
        new StatedPart<IReadOnlyList<IStrategy>> { Set = RuleSet.Strategies, Tag = 0x46, Noun = "choice of strategies", Read = content => StrategyChoice.Read(content, source), VersionsOf = VersionsOf },
        contents,
        Ledger);

    /// <inheritdoc/>
    /// <remarks>With the versions of the strategies that run by default: a checkpoint of others is not used.</remarks>
    public string RuleVersion { get; } = $"{CurrentRuleVersion}({VersionsOf(StrategyCatalog.All)})";

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x46, 0x47));

    /// <inheritdoc/>
    public IReadOnlyList<IStrategy> InForce => _stated.Value ?? StrategyCatalog.All;

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or names a strategy that this program does not have.</exception>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived) => _stated.TryTake(fact);

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => _stated.Save(writer);

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or names a strategy that this program does not have.</exception>
    public void Restore(ref CheckpointReader reader) => _stated.Restore(ref reader);

    /// <inheritdoc/>
    public void AssertInvariants() => Invariant.That(_stated.IsConsistent, "INV-124", "the strategies that run are those that the log states");

    private static string VersionsOf(IReadOnlyList<IStrategy> strategies) => string.Join(',', strategies.Select(static strategy => $"{strategy.Id}/{strategy.Version}"));
}
