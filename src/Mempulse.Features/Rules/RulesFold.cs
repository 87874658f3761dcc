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
/// <param name="contents">The contents that the log names by their hash.</param>
internal sealed class RulesFold(IRulesContents contents) : IDerivation, IRulesView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "rules/1";

    private RulesEntry? _entry;

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x30, 0x33));

    /// <inheritdoc/>
    public RulesInForce? Registry { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or this version cannot read it.</exception>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (fact.Kind == LogEvent.RulesLoaded.KindNumber && fact.Event is LogEvent.RulesLoaded { Set: RuleSet.Registry } loaded && loaded.ContentHash != _entry?.ContentHash)
        {
            var entry = new RulesEntry { ContentHash = loaded.ContentHash, Name = loaded.Name, Since = fact.Record.Seq };
            Registry = Read(entry); // first: a content that cannot be used changes nothing
            if (_entry is { } before)
            {
                Ledger.Remove(before);
            }

            _entry = entry;
            Ledger.Added(entry);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => writer.SaveAll(_entry is null ? [] : [_entry]);

    /// <inheritdoc/>
    /// <exception cref="RulesUnavailableException">The content is missing, or this version cannot read it.</exception>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_entry is not null)
            {
                throw values.Malformed("two registries are in force");
            }

            _entry = RulesEntry.Decode(ref values);
            Ledger.Added(_entry);
            Registry = Read(_entry);
        }
    }

    /// <inheritdoc/>
    public void AssertInvariants() => Invariant.That(
        Registry?.Registry.ContentHash == _entry?.ContentHash && Registry?.Since == _entry?.Since, "INV-110", "the registry in use is the one that the log states");

    private RulesInForce Read(RulesEntry entry)
    {
        if (!contents.TryRead(entry.ContentHash, out var content))
        {
            throw new RulesUnavailableException(
                $"The registry '{entry.Name}' that holds from seq {entry.Since} on, {entry.ContentHash}, is not in {contents.Place}, or is damaged there. Copy it from where the log was recorded.");
        }

        try
        {
            return new RulesInForce(RegistryReader.Read(content), entry.Name, entry.Since);
        }
        catch (RegistryException e)
        {
            throw new RulesUnavailableException($"This version cannot read the registry '{entry.Name}' that holds from seq {entry.Since} on: {e.Message}", e);
        }
    }
}
