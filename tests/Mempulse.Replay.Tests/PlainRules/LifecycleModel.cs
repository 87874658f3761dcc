using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>
/// The life of transactions as the documents state it (src/Mempulse.Replay/README.md, decisions 0005, 0032, 0090, 0094, 0095), written
/// as plainly as possible and without any of the fold's code. Slow; for tests.
/// </summary>
internal sealed class LifecycleModel
{
    private readonly ModelPool _pool = new();
    private readonly ModelChain _chain;
    private readonly HashSet<SourceId> _connected = [];
    private FoldParameters _parameters = new();

    public LifecycleModel() => _chain = new ModelChain(_pool);

    public ModelPool Pool => _pool;

    public ModelChain Chain => _chain;

    /// <summary>The events that follow from a fact, in order.</summary>
    public IReadOnlyList<LogEvent> Apply(LogEvent fact, SourceId source)
    {
        _pool.Derived.Clear();
        switch (fact)
        {
            case LogEvent.EpochStarted epoch:
                _parameters = epoch.Parameters;
                _connected.Clear();
                break;
            case LogEvent.SourceConnected connected:
                _connected.Add(SourceId.Of(connected.Name));
                break;
            case LogEvent.SourceLost lost:
                _connected.Remove(SourceId.Of(lost.Name));
                break;
            case LogEvent.TxSeen seen:
                Seen(seen.Hash, source);
                break;
            case LogEvent.TxDecoded decoded:
                Decoded(decoded);
                break;
            case LogEvent.TxLeft left:
                Left(left.Hash, source);
                break;
            case LogEvent.AccountNonceObserved nonce:
                Reported(nonce.Account, nonce.Next.Value);
                break;
            case LogEvent.BlockObserved block:
                _chain.Block(block, _parameters);
                break;
            case LogEvent.ReorgDetected reorg:
                _chain.Reorg(reorg.CommonAncestor, reorg.CommonAncestorNumber.Value);
                break;
            case LogEvent.FinalityViolated:
                _chain.Abandon();
                break;
            case LogEvent.ChainGap:
                _pool.Gaps++;
                break;
            case LogEvent.ReceiptsObserved receipts:
                _chain.Receipts(receipts);
                break;
            default:
                break; // a drop, a peer, a checkpoint changes no life
        }

        _pool.End();
        return _pool.Derived;
    }

    private void Seen(in Hash256 hash, SourceId source)
    {
        if (_pool.Txs.TryGetValue(hash, out var tx) && tx.IsAbandoned)
        {
            _pool.Forget(tx); // this chain may include it too
            tx = null;
        }

        if (tx is null)
        {
            if (_pool.Remembered.ContainsKey(hash))
            {
                return; // only a block brings back what was settled
            }

            tx = _pool.Begin(hash, _chain.Seconds);
            _pool.Note(tx); // that the hash is known is what the fact itself says
        }

        if (tx.Inclusion is null)
        {
            tx.Announced.Add(source); // what is announced while a block has it says nothing about who still has it
        }

        tx.LeftBy.Remove(source);
        if (tx.IsLeft)
        {
            tx.IsLeft = false;
            _pool.Derived.Add(new LogEvent.TxReturned(hash, _pool.StateOf(tx)));
            _pool.Note(tx);
        }
    }

    private void Decoded(LogEvent.TxDecoded decoded)
    {
        var hash = decoded.Hash;
        if (!_pool.Txs.TryGetValue(hash, out var tx))
        {
            if (_pool.Remembered.ContainsKey(hash))
            {
                return;
            }

            tx = _pool.Begin(hash, _chain.Seconds);
        }

        if (tx.Body is not null)
        {
            return;
        }

        if (tx.Sender is not null)
        {
            tx.Body = decoded.Tx; // known from a block: a body changes no status
            return;
        }

        if (!tx.IsWaiting)
        {
            return;
        }

        tx.Body = decoded.Tx;
        tx.LeftBy.Clear(); // the source of the body has the transaction
        tx.Sender = decoded.Sender;
        tx.Nonce = decoded.Tx.Nonce.Value;
        TakePlace(tx, decoded.Sender);
        _pool.AnnounceMoves();
    }

    private void TakePlace(ModelTx tx, Address sender)
    {
        if (_pool.UserOf(sender, tx.Nonce) is { } user)
        {
            _pool.Replace(tx, user.Hash, byInclusion: true, _chain.HeadNumber);
            return;
        }

        if (_pool.KnowledgeOf(sender) == NonceKnowledge.Chain && tx.Nonce < _pool.NonceOf(sender).Next)
        {
            _pool.Replace(tx, default, byInclusion: true, _chain.HeadNumber);
            return;
        }

        var standing = _pool.WaitingOf(sender).SingleOrDefault(other => other != tx && other.Nonce == tx.Nonce);
        if (standing is { IsLeft: false, Body: { } old } && !PriceBump.Replaces(old, tx.Body!, _parameters))
        {
            _pool.Replace(tx, standing.Hash, byInclusion: false, _chain.HeadNumber);
            return;
        }

        if (standing is not null)
        {
            _pool.Replace(standing, tx.Hash, byInclusion: false, _chain.HeadNumber);
            tx.Replaces = standing.Hash;
        }

        tx.IsLeft = false;
        _pool.Derived.Add(new LogEvent.TxStateChanged(tx.Hash, sender, _pool.AnnouncedOf(tx.Hash), _pool.StateOf(tx), tx.Replaces));
        _pool.Note(tx);
        _pool.Touch(sender);
    }

    private void Left(in Hash256 hash, SourceId source)
    {
        if (!_pool.Txs.TryGetValue(hash, out var tx) || !tx.IsWaiting)
        {
            return;
        }

        tx.LeftBy.Add(source);
        if (!tx.IsLeft && !tx.Announced.Any(other => _connected.Contains(other) && !tx.LeftBy.Contains(other)))
        {
            _pool.Derived.Add(new LogEvent.TxVanished(hash, _pool.AnnouncedOf(hash), tx.LeftBy.Count));
            tx.IsLeft = true;
            _pool.Note(tx);
        }
    }

    private void Reported(Address account, ulong next)
    {
        if (_pool.KnowledgeOf(account) != NonceKnowledge.Chain)
        {
            _pool.Nonces[account] = new ModelNonce(next, NonceKnowledge.Reported, _pool.Gaps);
            _pool.Touch(account);
            _pool.AnnounceMoves();
        }
    }
}
