using Mempulse.Features.Grading;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Failures;

/// <summary>Counts how the included calls of senders and targets ended, and of which tokens less arrived. Derives no events.</summary>
/// <remarks>
/// Calls whose traits are held count, each once: by the first outcome that a canonical block or its verified receipts state, also if a reorg
/// moves the transaction to another block. Bounded: beyond <see cref="MaxAccounts"/> the account that was unused for the longest time is forgotten.
/// </remarks>
internal sealed class FailureFold : IDerivation, IFailureView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "failures/1";

    /// <summary>Accounts whose calls are remembered.</summary>
    public const int MaxAccounts = 65_536;

    private readonly ITraitView _traits;
    private readonly IGradedTrades _graded;
    private readonly int _maxAccounts;
    private readonly EntryTable<FailureKey, AccountCalls> _accounts;
    private readonly ArrivalList<AccountCalls> _byUse = new();
    private readonly EntryTable<Hash256, CountedCall> _counted;
    private readonly FailureTotals _totals;
    private bool _hasBegun;

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="traits">What transactions say; updated before each fact that this derivation gets.</param>
    /// <param name="graded">The trades that the last fact graded; updated before as well.</param>
    /// <param name="maxAccounts">Accounts whose calls are remembered.</param>
    public FailureFold(ITraitView traits, IGradedTrades graded, int maxAccounts = MaxAccounts)
    {
        (_traits, _graded, _maxAccounts) = (traits, graded, maxAccounts);
        _accounts = new EntryTable<FailureKey, AccountCalls>(Ledger);
        _counted = new EntryTable<Hash256, CountedCall>(Ledger);
        _totals = new FailureTotals(_byUse);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x38, 0x3b));

    /// <inheritdoc/>
    public ulong Forgotten => _totals.Forgotten;

    /// <inheritdoc/>
    public CallHistory OfSender(in Address sender) => Of(FailureRole.Sender, sender);

    /// <inheritdoc/>
    public CallHistory OfTarget(in Address target) => Of(FailureRole.Target, target);

    /// <inheritdoc/>
    public CallHistory OfToken(in Address token) => Of(FailureRole.Token, token);

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (fact.Kind == LogEvent.BlockObserved.KindNumber && !changes.BlocksApplied.IsEmpty && fact.Event is LogEvent.BlockObserved block)
        {
            foreach (var tx in block.Transactions)
            {
                Count(tx.Hash, tx.Outcome);
            }
        }
        else if (fact.Kind == LogEvent.ReceiptsObserved.KindNumber)
        {
            CountReceipts(fact, pool);
        }

        foreach (var (token, arrivedLess) in _graded.LastTokens)
        {
            Count(FailureRole.Token, token, arrivedLess);
        }

        foreach (var gone in changes.TxsGone)
        {
            if (_counted.TryGet(gone, out var counted))
            {
                _counted.Remove(counted);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_hasBegun ? [_totals] : []);
        writer.Save(_accounts);
        writer.Save(_counted);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_hasBegun)
            {
                throw values.Malformed("there are two totals");
            }

            _totals.Read(ref values);
            Begin();
        }

        reader.Restore(_accounts, AccountCalls.Decode);
        _byUse.Restore(_accounts.SortedByKey(), _totals.LastAccount);
        reader.Restore(_counted, CountedCall.Decode);
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        Invariant.That(_accounts.Count == _byUse.Count && _accounts.Count <= _maxAccounts, "INV-143", "the calls of no more accounts are remembered than the bound says");
        Invariant.That(_accounts.SortedByKey().All(static account => account.History.IsValid), "INV-144", "no more calls of an account failed than are remembered");
    }

    private CallHistory Of(FailureRole role, in Address account) => _accounts.TryGet(new FailureKey(role, account), out var calls) ? calls.History : default;

    private void CountReceipts(in Fact fact, IMempoolView pool)
    {
        var view = ReceiptsView.Read(fact.Record);
        if (!view.IsVerified || !pool.TryGetCanonical(view.Number, out var canonical) || canonical.Value.Hash != view.Block)
        {
            return; // a claim, or of a block that was left
        }

        foreach (var receipt in view)
        {
            Count(receipt.Tx, receipt.Outcome);
        }
    }

    private void Count(in Hash256 tx, ExecutionOutcome outcome)
    {
        if (outcome == ExecutionOutcome.Unknown || _counted.TryGet(tx, out _) || !_traits.TryGetCall(tx, out var sender, out var target))
        {
            return;
        }

        _counted.Add(new CountedCall(tx));
        Count(FailureRole.Sender, sender, outcome == ExecutionOutcome.Reverted);
        Count(FailureRole.Target, target, outcome == ExecutionOutcome.Reverted);
    }

    private void Count(FailureRole role, in Address account, bool isFailure)
    {
        Begin();
        Ledger.Changing(_totals);
        var key = new FailureKey(role, account);
        if (_accounts.TryGet(key, out var calls))
        {
            _accounts.Changing(calls);
            _byUse.Remove(calls);
            calls.History = calls.History.Then(isFailure);
            _byUse.Append(calls);
            return;
        }

        if (_accounts.Count == _maxAccounts)
        {
            var unused = _byUse.Oldest!;
            _accounts.Remove(unused);
            _byUse.Remove(unused);
            _totals.Forgotten++;
        }

        calls = new AccountCalls(key) { History = default(CallHistory).Then(isFailure) };
        _byUse.Append(calls);
        _accounts.Add(calls);
    }

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Ledger.Added(_totals);
        }
    }
}
