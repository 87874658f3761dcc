using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Grading;

/// <summary>Holds pending trades until their receipts are known, and grades how they were decoded.</summary>
/// <remarks>
/// A transaction is graded once, by the first verified receipt of a canonical block that has all of its logs. Of a failed one nothing is learned.
/// Bounded: beyond <see cref="MaxHeldBytes"/> and <see cref="MaxDecoders"/> trades are counted and not graded.
/// </remarks>
internal sealed class GradeFold : IDerivation, IDecoderView, IGradedTrades
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "grades/2";

    /// <summary>Bytes of calldata that are held.</summary>
    public const long MaxHeldBytes = 64 << 20;

    /// <summary>Functions whose grades are kept.</summary>
    public const int MaxDecoders = 4_096;

    private readonly IRulesView _rules;
    private readonly PendingTrades _pending;
    private readonly CallTrades _calls = new();
    private readonly TradeGrader _grader = new();
    private readonly EntryTable<Hash256, HeldCall> _held;
    private readonly EntryTable<DecoderKey, DecoderRecord> _decoders;
    private readonly List<(Address Token, bool ArrivedLess)> _lastTokens = [];
    private GradeTotals? _totals; // null while they are zero: a log without trades has the digest of one without this derivation
    private long _heldBytes;
    private DecodeTrust? _trust; // null until it is asked for

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="rules">The rules that the log states; updated before each fact that this derivation gets.</param>
    /// <param name="pending">The trades of the body that a fact reports.</param>
    public GradeFold(IRulesView rules, PendingTrades pending)
    {
        (_rules, _pending) = (rules, pending);
        _held = new EntryTable<Hash256, HeldCall>(Ledger);
        _decoders = new EntryTable<DecoderKey, DecoderRecord>(Ledger);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x34, 0x37));

    /// <inheritdoc/>
    public ulong NotGraded => _totals?.NotGraded ?? 0;

    /// <inheritdoc/>
    public IReadOnlyList<(Address Token, bool ArrivedLess)> LastTokens => _lastTokens;

    /// <inheritdoc/>
    public DecodeTrust Trust => _trust ??= new DecodeTrust(Decoders().Where(static decoder => decoder.IsDrifting).Select(static decoder => decoder.Function));

    /// <inheritdoc/>
    public IReadOnlyList<DecoderStanding> Decoders() => [.. _decoders.SortedByKey().Select(static decoder => decoder.ToStanding())];

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        _lastTokens.Clear();
        if (_rules.Registry?.Registry is { } registry)
        {
            if (fact.Kind == LogEvent.TxDecoded.KindNumber)
            {
                Hold(fact, pool);
            }
            else if (fact.Kind == LogEvent.ReceiptsObserved.KindNumber && _held.Count > 0)
            {
                Grade(fact, pool, registry, derived);
            }
        }

        if (_held.Count > 0)
        {
            foreach (var gone in changes.TxsGone)
            {
                if (_held.TryGet(gone, out var call))
                {
                    Leave(call, pool.StateOf(gone));
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_totals is null ? [] : [_totals]);
        writer.Save(_held);
        writer.Save(_decoders);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_totals is not null)
            {
                throw values.Malformed("there are two totals");
            }

            _totals = GradeTotals.Decode(ref values);
            Ledger.Added(_totals);
        }

        reader.Restore(_held, HeldCall.Decode);
        reader.Restore(_decoders, DecoderRecord.Decode);
        _heldBytes = SumOfHeld();
        _trust = null;
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        Invariant.That(_heldBytes == SumOfHeld() && _heldBytes <= MaxHeldBytes, "INV-113", "the calldata that is held is within its bound");
        Invariant.That(_decoders.Count <= MaxDecoders, "INV-114", "no more functions are graded than the bound says");
    }

    private void Hold(in Fact fact, IMempoolView pool)
    {
        if (_pending.Of(fact, pool).Count > 0 && !_held.TryGet(fact.Record.TxKey, out _))
        {
            var call = _pending.CallOf(fact, pool);
            Hold(new HeldCall(fact.Record.TxKey, call.Sender, call.Target!.Value, call.Value, _pending.CalldataOf(fact, pool)));
        }
    }

    private void Hold(HeldCall call)
    {
        if (_heldBytes + call.Calldata.Length > MaxHeldBytes)
        {
            CountNotGraded();
            return;
        }

        _held.Add(call);
        _heldBytes += call.Calldata.Length;
    }

    private void Grade(in Fact fact, IMempoolView pool, ContractRegistry registry, DerivedEvents derived)
    {
        var view = ReceiptsView.Read(fact.Record);
        if (!view.IsVerified || !pool.TryGetCanonical(view.Number, out var canonical) || canonical.Value.Hash != view.Block)
        {
            return; // a claim, which a proof may follow; or of a block that was left, whose transactions are graded where they are included now
        }

        int index = 0;
        foreach (var receipt in view)
        {
            bool isWhole = ++index <= view.EndedCount && receipt.OmittedLogs == 0;
            if (_held.TryGet(receipt.Tx, out var call))
            {
                if (isWhole && receipt.Outcome == ExecutionOutcome.Succeeded)
                {
                    Grade(call, view.Block, view.Number, LogsOf(fact, index - 1), pool.Chain, registry, derived);
                }
                else if (receipt.Outcome != ExecutionOutcome.Reverted)
                {
                    CountNotGraded();
                }

                Release(call);
            }
        }
    }

    private static IReadOnlyList<TxLog> LogsOf(in Fact fact, int index) => ((LogEvent.ReceiptsObserved)fact.Event!).Receipts[index].Logs;

    private void Grade(HeldCall call, in Hash256 block, BlockNumber number, IReadOnlyList<TxLog> logs, ChainId chain, ContractRegistry registry, DerivedEvents derived)
    {
        var trades = _calls.Read(registry, new CallRequest { Chain = chain, Block = number, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Calldata });
        var grades = _grader.Grade(_calls.Tree, trades, logs, registry.WrappedEther(chain));
        for (int i = 0; i < trades.Count; i++)
        {
            if (GradedFunction.Of(_calls.Tree.Nodes[trades[i].Node]) is not { } function)
            {
                continue;
            }

            NoteTokens(trades[i], grades[i], registry.WrappedEther(chain));
            if (RecordOf(function) is { } decoder)
            {
                bool wasDrifting = decoder.IsDrifting;
                _decoders.Changing(decoder);
                decoder.Count(grades[i]);
                _trust = decoder.IsDrifting == wasDrifting ? _trust : null;
                derived.Add(new LogEvent.DecodeGraded(call.Key, block, function.Contract, function.Layout, function.Signature, grades[i].Verdict, grades[i].Part, grades[i].IsCertain));
            }
            else
            {
                CountNotGraded();
            }
        }
    }

    /// <summary>Notes what a grade says about the trade's tokens: of which one less arrived is certain if the other one is wrapped ether.</summary>
    private void NoteTokens(in Trade trade, in TradeGrade grade, Address? wrappedEther)
    {
        if (trade is not { TokenIn: { } given, TokenOut: { } received } || grade.Verdict is not (GradeVerdict.Agrees or GradeVerdict.FeeOnTransfer))
        {
            return;
        }

        bool arrivedLess = grade.Verdict == GradeVerdict.FeeOnTransfer;
        if (given != wrappedEther && (!arrivedLess || grade.Part == TradePart.AmountIn || received == wrappedEther))
        {
            _lastTokens.Add((given, arrivedLess));
        }

        if (received != wrappedEther && (!arrivedLess || given == wrappedEther))
        {
            _lastTokens.Add((received, arrivedLess));
        }
    }

    /// <summary>The record of a function; null if it is new and there is no room for it.</summary>
    private DecoderRecord? RecordOf(in GradedFunction function)
    {
        var key = new DecoderKey(function.Contract, Keccak256.Hash(Encoding.UTF8.GetBytes($"{function.Layout} {function.Signature}")));
        if (!_decoders.TryGet(key, out var decoder) && _decoders.Count < MaxDecoders)
        {
            decoder = new DecoderRecord(key, function.Layout, function.Signature);
            _decoders.Add(decoder);
        }

        return decoder;
    }

    private void Leave(HeldCall call, TxState state)
    {
        if (state == TxState.Confirmed)
        {
            CountNotGraded(); // no verified receipt came
        }

        Release(call);
    }

    private void Release(HeldCall call)
    {
        _heldBytes -= call.Calldata.Length;
        _held.Remove(call);
    }

    private void CountNotGraded()
    {
        if (_totals is null)
        {
            _totals = new GradeTotals();
            Ledger.Added(_totals);
        }

        Ledger.Changing(_totals);
        _totals.NotGraded++;
    }

    private long SumOfHeld() => _held.SortedByKey().Sum(static call => (long)call.Calldata.Length);
}
