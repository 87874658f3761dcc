using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>The model's transactions and nonces. Every answer is computed from scratch; nothing is indexed.</summary>
internal sealed class ModelPool
{
    private readonly Dictionary<Hash256, TxState> _announced = [];
    private readonly List<Address> _touched = [];
    private int _order;

    public Dictionary<Hash256, ModelTx> Txs { get; } = [];

    /// <summary>Final states of transactions that left.</summary>
    public Dictionary<Hash256, TxState> Remembered { get; } = [];

    public Dictionary<Address, ModelNonce> Nonces { get; } = [];

    /// <summary>How often blocks were missed.</summary>
    public int Gaps { get; set; }

    /// <summary>The events that the last fact derives.</summary>
    public List<LogEvent> Derived { get; } = [];

    public int NextOrder() => _order++;

    public ModelTx Begin(in Hash256 hash, ulong seconds)
    {
        var tx = new ModelTx(hash, NextOrder()) { WaitsSince = seconds };
        Txs.Add(hash, tx);
        return tx;
    }

    public ModelNonce NonceOf(Address account) => Nonces.GetValueOrDefault(account, new ModelNonce(null, NonceKnowledge.Assumed));

    public IEnumerable<ModelTx> WaitingOf(Address account) =>
        Txs.Values.Where(tx => tx.IsWaiting && tx.Sender == account).OrderBy(static tx => tx.Nonce);

    public NonceKnowledge KnowledgeOf(Address account) => NonceOf(account).After(Gaps);

    /// <summary>The transaction of a block of this chain that used a nonce, while it is held.</summary>
    public ModelTx? UserOf(Address account, ulong nonce) =>
        Txs.Values.SingleOrDefault(tx => tx.Inclusion is { IsAbandoned: false } && tx.Sender == account && tx.Nonce == nonce);

    /// <summary>The nonces of an account with a known transaction, waiting or in a block, in ascending order.</summary>
    public ulong[] HeldOf(Address account) =>
        [.. Txs.Values.Where(tx => tx.Sender == account && (tx.IsWaiting || tx.Inclusion is { IsAbandoned: false })).Select(static tx => tx.Nonce).Order()];

    /// <summary>The first nonce, from the next one on, without a known transaction.</summary>
    public ulong ReadyEnd(Address account)
    {
        ulong end = NonceOf(account).Next ?? WaitingOf(account).FirstOrDefault()?.Nonce ?? 0;
        while (HeldOf(account).Contains(end))
        {
            end++;
        }

        return end;
    }

    public TxState StateOf(ModelTx tx) =>
        tx.Inclusion is { } inclusion ? (inclusion.IsFinal ? TxState.Confirmed : TxState.Included)
        : tx.ReplacedBy is not null ? TxState.Replaced
        : tx.IsExpired ? TxState.Expired
        : tx.IsLeft ? TxState.Left
        : tx.Sender is not { } sender ? TxState.Seen
        : tx.Nonce < ReadyEnd(sender) ? TxState.Pending
        : TxState.Queued;

    public TxState StateOf(in Hash256 hash) => Txs.TryGetValue(hash, out var tx) ? StateOf(tx) : Remembered.GetValueOrDefault(hash);

    /// <summary>The state that was announced last, which an event states as the one before.</summary>
    public TxState AnnouncedOf(in Hash256 hash) => _announced.GetValueOrDefault(hash);

    /// <summary>Notes that a transaction's present state is on record.</summary>
    public void Note(ModelTx tx) => _announced[tx.Hash] = StateOf(tx);

    /// <summary>A settled transaction leaves. Its state is remembered, unless it is one of a chain that was abandoned.</summary>
    public void Forget(ModelTx tx)
    {
        if (tx.IsAbandoned)
        {
            _announced.Remove(tx.Hash);
        }
        else
        {
            Remembered[tx.Hash] = StateOf(tx);
        }

        Txs.Remove(tx.Hash);
    }

    /// <summary>Forgets what is remembered of transactions that left: another chain may include any of them.</summary>
    public void ForgetRemembered()
    {
        foreach (var hash in Remembered.Keys)
        {
            _announced.Remove(hash);
        }

        Remembered.Clear();
    }

    /// <summary>Whether transactions of an account became ready or unready is announced at the end of the fact.</summary>
    public void Touch(Address account)
    {
        if (!_touched.Contains(account))
        {
            _touched.Add(account);
        }
    }

    /// <summary>The fact is done.</summary>
    public void End() => _touched.Clear();

    /// <summary>Announces who moved between pending and queued: account by account in the order in which the fact reached them, in ascending order of nonce.</summary>
    public void AnnounceMoves()
    {
        foreach (var account in _touched)
        {
            foreach (var tx in WaitingOf(account))
            {
                var (from, to) = (AnnouncedOf(tx.Hash), StateOf(tx));
                if (from != to)
                {
                    Derived.Add(new LogEvent.TxStateChanged(tx.Hash, account, from, to, null));
                    Note(tx);
                }
            }
        }
    }

    public void Replace(ModelTx tx, in Hash256 by, bool byInclusion, ulong headNumber)
    {
        Derived.Add(new LogEvent.TxReplaced(tx.Hash, tx.Sender!.Value, AnnouncedOf(tx.Hash), by, new Nonce(tx.Nonce), byInclusion));
        tx.ReplacedBy = by;
        Settle(tx, headNumber);
    }

    public void Expire(ModelTx tx, ulong waitedSeconds, ulong headNumber)
    {
        Derived.Add(new LogEvent.TxExpired(tx.Hash, AnnouncedOf(tx.Hash), waitedSeconds));
        tx.IsExpired = true;
        Settle(tx, headNumber);
    }

    private void Settle(ModelTx tx, ulong headNumber)
    {
        tx.IsLeft = false;
        tx.LeftBy.Clear();
        tx.SettledAt = headNumber;
        tx.Order = NextOrder();
        Note(tx);
        if (tx.Sender is { } sender)
        {
            Touch(sender);
        }
    }
}
