using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>Holds what the fold's view shows against the model, field for field.</summary>
internal static class ModelComparison
{
    private static readonly TxState[] s_states = Enum.GetValues<TxState>();

    public static void AssertSame(Func<string> where, LifecycleModel model, ReplayEngine engine)
    {
        var (pool, view) = (model.Pool, engine.Pool);
        Same(where, "number of transactions", pool.Txs.Count, view.TxCount);
        foreach (var state in s_states)
        {
            Same(where, "count by state", (state, pool.Txs.Values.Count(tx => pool.StateOf(tx) == state)), (state, view.CountOf(state)));
        }

        foreach (var (hash, state) in pool.Remembered)
        {
            Same(where, "state of one that left", (hash, state), (hash, view.StateOf(hash)));
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

    private static void AssertTx(Func<string> where, ModelPool pool, ModelTx tx, IMempoolView view)
    {
        Assert.True(view.TryGetTx(tx.Hash, out var held), "a transaction that the model holds");
        Same(where, "state", (tx.Hash, pool.StateOf(tx)), (tx.Hash, held.State));
        Same(where, "sender and nonce", (tx.Sender, tx.Sender is null ? null : (ulong?)tx.Nonce), (held.Sender, held.Nonce?.Value));
        Same(where, "replaced by, replaces", (tx.ReplacedBy, tx.Replaces), (held.ReplacedBy, held.Replaces));
        Same(where, "body", BodyOf(tx.Body), held.Body);
        Same(where, "inclusion", InclusionOf(tx.Inclusion), held.Inclusion);
    }

    private static PoolTxBody? BodyOf(NormalizedTx? body) => body is null
        ? null
        : new PoolTxBody(body.Type, body.MaxFeePerGas, body.MaxPriorityFeePerGas, body.MaxFeePerBlobGas, body.BlobCount, body.AuthorizationList.Length);

    private static PoolInclusion? InclusionOf(ModelInclusion? inclusion) => inclusion is null
        ? null
        : new PoolInclusion(inclusion.Block, new BlockNumber(inclusion.Number), inclusion.Index, inclusion.Outcome, inclusion.IsClaim, inclusion.IsAbandoned);

    private static void AssertAccount(Func<string> where, ModelPool pool, Address account, IMempoolView view)
    {
        var nonce = pool.NonceOf(account);
        ModelTx[] waiting = [.. pool.WaitingOf(account)];
        ulong[] nonces = pool.HeldOf(account);
        if (!view.TryGetSender(account, out var held))
        {
            Same(where, "what is known of an account that the fold does not hold", (account, null, 0), (account, nonce.Next, nonces.Length));
            return;
        }

        Same(where, "next nonce", (account, nonce.Next ?? (waiting.Length == 0 ? null : waiting[0].Nonce), pool.KnowledgeOf(account)), (account, held.Next?.Value, held.Knowledge));
        Same(where, "number of nonces", (account, nonces.Length), (account, held.NonceCount));
        SameSequence(where, "waiting nonces", waiting.Select(tx => new PoolNonce(new Nonce(tx.Nonce), tx.Hash, pool.StateOf(tx))), held.Nonces.Where(static slot => slot.State is TxState.Pending or TxState.Queued or TxState.Left));
        if (waiting.Length > 0)
        {
            Same(where, "ready end", (account, pool.ReadyEnd(account)), (account, held.ReadyEnd.Value));
            SameSequence(where, "gaps", Gaps(pool.ReadyEnd(account), nonces), held.Gaps);
        }
    }

    private static List<NonceGap> Gaps(ulong from, ulong[] held)
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

        return gaps;
    }

    private static void AssertChain(Func<string> where, ModelChain chain, IMempoolView view)
    {
        var head = chain.Head?.Fact;
        Same(where, "head", head is null ? null : new ChainHead(head.Number, head.Hash, head.TimestampSeconds), view.Head);
        Same(where, "final height", chain.Final, view.Final?.Value);
        SameSequence(where, "canonical blocks", chain.Blocks.Select(block => BlockOf(block, block.Number == chain.Final)), view.CanonicalBlocks());
    }

    private static ChainBlock BlockOf(ModelBlock block, bool isFinal) =>
        new(block.Fact.Number, block.Fact.Hash, isFinal ? default : block.Fact.ParentHash) { LacksReceipts = !isFinal && block.Receipts < block.Fact.Transactions.Count };

    private static void SameSequence<T>(Func<string> where, string what, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        if (!expected.SequenceEqual(actual))
        {
            Same(where, what, string.Join(' ', expected), string.Join(' ', actual));
        }
    }

    private static void Same<T>(Func<string> where, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            Assert.Fail($"{where()}{Environment.NewLine}{what}: expected {expected}, but the fold has {actual}");
        }
    }
}
