using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>Which tokens are not exact, so that no pool of them can be quoted.</summary>
/// <remarks>Three transactions have to show it. Wrapped ether and the hubs are never judged: the registry vouches for them.</remarks>
internal sealed class BookTokens(EntryLedger ledger, BookBounds bounds)
{
    private readonly EntryTable<Address, TokenEntry> _tokens = new(ledger);
    private readonly ArrivalList<TokenEntry> _doubted = new(); // in the order in which they were first doubted
    private readonly SortedSet<Address> _inexact = [];
    private ulong _forgotten; // since TakeForgotten

    /// <summary>The tokens that are not exact, in ascending order.</summary>
    public IReadOnlyCollection<Address> Inexact => _inexact;

    public bool IsInexact(in Address token) => _inexact.Count > 0 && _inexact.Contains(token);

    /// <summary>Returns how many tokens were forgotten, or not noted, for want of room since the last call.</summary>
    public ulong TakeForgotten()
    {
        ulong forgotten = _forgotten;
        _forgotten = 0;
        return forgotten;
    }

    /// <summary>Takes what a transaction of a canonical block shows.</summary>
    /// <returns>True if the token is not exact from now on.</returns>
    public bool Doubt(in Address token, in TokenEvidence evidence, in Hash256 block, DerivedEvents derived)
    {
        if (!_tokens.TryGet(token, out var entry))
        {
            if (!HasRoom())
            {
                return false;
            }

            entry = new TokenEntry(token);
            _doubted.Append(entry);
            _tokens.Add(entry);
        }

        _tokens.Changing(entry);
        if (!entry.TryTake(evidence) || entry.Conduct == TokenConduct.Exact)
        {
            return false;
        }

        _inexact.Add(token);
        derived.Add(new LogEvent.TokenJudged(evidence.Tx, block, token, entry.Conduct, entry.Transactions));
        return true;
    }

    /// <summary>Takes back what was seen from a block on.</summary>
    public void Undo(BlockNumber from, in Hash256 block, DerivedEvents derived)
    {
        if (_tokens.Count == 0)
        {
            return;
        }

        foreach (var entry in _tokens.SortedByKey())
        {
            if (!entry.IsSince(from))
            {
                continue;
            }

            _tokens.Changing(entry);
            bool wasInexact = entry.Conduct != TokenConduct.Exact;
            var last = entry.Undo(from);
            if (wasInexact)
            {
                _inexact.Remove(entry.Key);
                derived.Add(new LogEvent.TokenJudged(last, block, entry.Key, TokenConduct.Exact, entry.Transactions));
            }

            if (entry.Transactions == 0)
            {
                Forget(entry);
            }
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Values.Write(_doubted.LastOrdinal);
        writer.Save(_tokens);
    }

    public void Restore(ref CheckpointReader reader)
    {
        ulong last = reader.Values.ReadUInt64();
        reader.Restore(_tokens, TokenEntry.Decode);
        var tokens = _tokens.SortedByKey();
        _doubted.Restore(tokens, last);
        _inexact.UnionWith(tokens.Where(static token => token.Conduct != TokenConduct.Exact).Select(static token => token.Key));
    }

    public void AssertInvariants()
    {
        var tokens = _tokens.SortedByKey();
        Invariant.That(
            tokens.Count <= bounds.Tokens && _doubted.Count == tokens.Count
            && tokens.Where(static token => token.Conduct != TokenConduct.Exact).Select(static token => token.Key).SequenceEqual(_inexact),
            "INV-151",
            "the tokens that are not exact are those that enough transactions show, within the bound");
    }

    /// <summary>Makes room for one more token; the one that was doubted first, and was not judged, is forgotten.</summary>
    private bool HasRoom()
    {
        if (_tokens.Count < bounds.Tokens)
        {
            return true;
        }

        _forgotten++;
        foreach (var entry in _doubted)
        {
            if (entry.Conduct == TokenConduct.Exact)
            {
                Forget(entry);
                return true;
            }
        }

        return false;
    }

    private void Forget(TokenEntry entry)
    {
        _tokens.Changing(entry);
        _doubted.Remove(entry);
        _tokens.Remove(entry);
    }
}
