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
/// <param name="contents">The contents that the log names by their hash.</param>
/// <param name="source">The strategies of this program.</param>
internal sealed class StrategiesFold(IRulesContents contents, IStrategySource source) : IDerivation, IStrategiesView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "strategies/1";

    private ChoiceEntry? _entry;

    /// <inheritdoc/>
    /// <remarks>With the versions of the strategies that run by default: a checkpoint of others is not used.</remarks>
    public string RuleVersion { get; } = $"{CurrentRuleVersion}({VersionsOf(StrategyCatalog.All)})";

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x46, 0x47));

    /// <inheritdoc/>
    public IReadOnlyList<IStrategy> InForce { get; private set; } = StrategyCatalog.All;

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or names a strategy that this program does not have.</exception>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (fact.Kind == LogEvent.RulesLoaded.KindNumber && fact.Event is LogEvent.RulesLoaded { Set: RuleSet.Strategies } loaded && loaded.ContentHash != _entry?.ContentHash)
        {
            var chosen = Read(loaded.ContentHash); // first: a content that cannot be used changes nothing
            if (_entry is { } before)
            {
                Ledger.Remove(before);
            }

            (InForce, _entry) = (chosen, new ChoiceEntry(loaded.ContentHash, VersionsOf(chosen)));
            Ledger.Added(_entry);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => writer.SaveAll(_entry is null ? [] : [_entry]);

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or names a strategy that this program does not have.</exception>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_entry is not null)
            {
                throw values.Malformed("strategies are chosen twice");
            }

            _entry = ChoiceEntry.Decode(ref values);
            Ledger.Added(_entry);
            InForce = Read(_entry.ContentHash);
            if (VersionsOf(InForce) != _entry.Versions)
            {
                throw new CheckpointException($"The checkpoint is of the strategies {_entry.Versions}: this program has {VersionsOf(InForce)}.");
            }
        }
    }

    /// <inheritdoc/>
    public void AssertInvariants() => Invariant.That(_entry is null || _entry.Versions == VersionsOf(InForce), "INV-124", "the strategies that run are those that the log states");

    private static string VersionsOf(IReadOnlyList<IStrategy> strategies) => string.Join(',', strategies.Select(static strategy => $"{strategy.Id}/{strategy.Version}"));

    private IReadOnlyList<IStrategy> Read(in Hash256 hash)
    {
        if (!contents.TryRead(hash, out var content))
        {
            throw new RulesUnavailableException($"The choice of strategies {hash} is not in {contents.Place}, or is damaged there. Copy it from where the log was recorded.");
        }

        try
        {
            return StrategyChoice.Read(content, source);
        }
        catch (FormatException e)
        {
            throw new RulesUnavailableException($"This program cannot run the strategies {hash} that the log states: {e.Message}", e);
        }
    }
}
