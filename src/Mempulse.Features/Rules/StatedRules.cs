using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Rules;

/// <summary>The content of one part of the rules that the log states, from the fact that loads it until another one does. Confined to the fold's thread.</summary>
/// <param name="part">Which part, and how it is read.</param>
/// <param name="contents">The contents that the log names by their hash.</param>
/// <param name="ledger">The ledger of the derivation.</param>
internal sealed class StatedRules<T>(StatedPart<T> part, IRulesContents contents, EntryLedger ledger)
    where T : class
{
    private StatedEntry? _entry;

    /// <summary>What the content means; null before the log states one.</summary>
    public T? Value { get; private set; }

    /// <summary>Which content it is; null before the log states one.</summary>
    public StatedEntry? Entry => _entry;

    /// <summary>Takes what a fact states.</summary>
    /// <returns>True if another content holds from here on.</returns>
    /// <exception cref="RulesUnavailableException">The content is missing, or this program cannot read it.</exception>
    public bool TryTake(in Fact fact)
    {
        if (fact.Kind != LogEvent.RulesLoaded.KindNumber || fact.Event is not LogEvent.RulesLoaded loaded || loaded.Set != part.Set || loaded.ContentHash == _entry?.ContentHash)
        {
            return false;
        }

        var value = Read(loaded.ContentHash, loaded.Name, fact.Record.Seq); // first: a content that cannot be used changes nothing
        if (_entry is { } before)
        {
            ledger.Remove(before);
        }

        Value = value;
        _entry = new StatedEntry(part.Tag) { ContentHash = loaded.ContentHash, Name = loaded.Name, Since = fact.Record.Seq, Versions = part.VersionsOf(value) };
        ledger.Added(_entry);
        return true;
    }

    public void Save(CheckpointWriter writer) => writer.SaveAll(_entry is null ? [] : [_entry]);

    /// <exception cref="RulesUnavailableException">The content is missing, or this program cannot read it.</exception>
    /// <exception cref="CheckpointException">The part is there twice, or the checkpoint is of other versions.</exception>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_entry is not null)
            {
                throw values.Malformed($"a {part.Noun} is stated twice");
            }

            _entry = StatedEntry.Decode(part.Tag, ref values);
            ledger.Added(_entry);
            Value = Read(_entry.ContentHash, _entry.Name, _entry.Since);
            if (part.VersionsOf(Value) is var versions && versions != _entry.Versions)
            {
                throw new CheckpointException($"The checkpoint is of the {part.Noun} {_entry.Versions}: this program has {versions}.");
            }
        }
    }

    /// <summary>Whether what is in use is what the log states.</summary>
    public bool IsConsistent => _entry is null ? Value is null : Value is not null && _entry.Versions == part.VersionsOf(Value);

    private T Read(in Hash256 hash, string name, GlobalSeq since)
    {
        if (!contents.TryRead(hash, out var content))
        {
            throw new RulesUnavailableException(
                $"The {part.Noun} '{name}' that holds from seq {since} on, {hash}, is not in {contents.Place}, or is damaged there. Copy it from where the log was recorded.");
        }

        try
        {
            return part.Read(content);
        }
        catch (Exception e) when (e is RegistryException or FormatException)
        {
            throw new RulesUnavailableException($"This version cannot read the {part.Noun} '{name}' that holds from seq {since} on: {e.Message}", e);
        }
    }
}
