using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Tests.Models;

/// <summary>Holds what the fold's view shows against the model, field for field.</summary>
internal static class ModelComparison
{
    public static void AssertSame(string where, LifecycleModel model, ReplayEngine engine)
    {
        var (pool, view) = (model.Pool, engine.Pool);
        Same(where, "transactions", string.Join(' ', pool.Txs.Keys.Order()), string.Join(' ', engine.Snapshot().Standings.Select(static standing => standing.Hash)));
        foreach (var state in Enum.GetValues<TxState>())
        {
            Same(where, $"count of {state}", pool.Txs.Values.Count(tx => pool.StateOf(tx) == state), view.CountOf(state));
        }

        foreach (var (hash, state) in pool.Remembered)
        {
            Same(where, $"remembered {hash}", state, view.StateOf(hash));
        }

        foreach (var tx in pool.Txs.Values)
        {
            AssertTx(where, pool, tx, view);
        }

        foreach (var account in pool.Nonces.Keys.Concat(pool.Txs.Values.Select(static tx => tx.Sender).OfType<Address>()).Distinct())
        {
            AssertAccount(where, pool, account, view);
        }

        AssertChain(where, model.Chain, view);
    }

    private static void AssertTx(string where, ModelPool pool, ModelTx tx, IMempoolView view)
    {
        Assert.True(view.TryGetTx(tx.Hash, out var held), where);
        Same(where, $"state of {tx.Hash}", pool.StateOf(tx), held.State);
        Same(where, "sender and nonce", (tx.Sender, tx.Sender is null ? null : (ulong?)tx.Nonce), (held.Sender, held.Nonce?.Value));
        Same(where, "replaced by, replaces", (tx.ReplacedBy, tx.Replaces), (held.ReplacedBy, held.Replaces));
        Same(where, "body", tx.Body is { } body ? (body.Type, body.MaxFeePerGas, body.MaxPriorityFeePerGas, body.MaxFeePerBlobGas, body.BlobCount, body.AuthorizationList.Length) : default,
            held.Body is { } kept ? (kept.Type, kept.MaxFeePerGas, kept.MaxPriorityFeePerGas, kept.MaxFeePerBlobGas, kept.BlobCount, kept.AuthorizationCount) : default);
        Same(where, "inclusion", tx.Inclusion is { } inclusion
            ? new PoolInclusion(inclusion.Block, new BlockNumber(inclusion.Number), inclusion.Index, inclusion.Outcome, inclusion.IsClaim, inclusion.IsAbandoned)
            : null, held.Inclusion);
    }

    private static void AssertAccount(string where, ModelPool pool, Address account, IMempoolView view)
    {
        var nonce = pool.NonceOf(account);
        ModelTx[] waiting = [.. pool.WaitingOf(account)];
        if (!view.TryGetSender(account, out var held))
        {
            Same(where, $"account {account} that is not held", (default, 0), (nonce, waiting.Length));
            return;
        }

        Same(where, $"next nonce of {account}", (nonce.Next ?? (waiting.Length == 0 ? null : waiting[0].Nonce), pool.KnowledgeOf(account)), (held.Next?.Value, held.Knowledge));
        Same(where, $"waiting nonces of {account}",
            string.Join(' ', waiting.Select(tx => new PoolNonce(new Nonce(tx.Nonce), tx.Hash, pool.StateOf(tx)))),
            string.Join(' ', held.Nonces.Where(static slot => slot.State is TxState.Pending or TxState.Queued or TxState.Left)));
        Same(where, $"held nonces of {account}", pool.HeldOf(account).Length, held.NonceCount);
        if (waiting.Length > 0)
        {
            Same(where, $"ready end of {account}", pool.ReadyEnd(account), held.ReadyEnd.Value);
            Same(where, $"gaps of {account}", Gaps(pool.ReadyEnd(account), pool.HeldOf(account)), string.Join(' ', held.Gaps));
        }
    }

    private static string Gaps(ulong from, ulong[] held)
    {
        List<NonceGap> gaps = [];
        foreach (ulong nonce in held.SkipWhile(nonce => nonce < from))
        {
            if (nonce > from)
            {
                gaps.Add(new NonceGap(new Nonce(from), new Nonce(nonce - 1)));
            }

            from = nonce + 1;
        }

        return string.Join(' ', gaps);
    }

    private static void AssertChain(string where, ModelChain chain, IMempoolView view)
    {
        var head = chain.Head?.Fact;
        Same(where, "head", head is null ? null : new ChainHead(head.Number, head.Hash, head.TimestampSeconds), view.Head);
        Same(where, "final height", chain.Final, view.Final?.Value);
        Same(where, "canonical blocks",
            string.Join(' ', chain.Blocks.Select(block => (block.Number, block.Fact.Hash, block.Number == chain.Final ? default : block.Fact.ParentHash, block.Number != chain.Final && block.Receipts < block.Fact.Transactions.Count))),
            string.Join(' ', view.CanonicalBlocks().Select(static block => (block.Number.Value, block.Hash, block.ParentHash, block.LacksReceipts))));
    }

    private static void Same<T>(string where, string what, T expected, T actual) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{where}{Environment.NewLine}{what}: expected {expected}, but the fold has {actual}");
}
