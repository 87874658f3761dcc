using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Settling;
using Mempulse.Replay.State;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Blocks;

/// <summary>Moves next nonces as a block uses them, and keeps in the block what they were.</summary>
/// <remarks>EIP-7702: after the sender's own nonce each tuple whose chain and nonce fit uses one of its authority. https://eips.ethereum.org/EIPS/eip-7702</remarks>
internal sealed class NonceMoves(MempoolState state, Departures departures)
{
    /// <summary>The sender's nonce.</summary>
    public void UseNonce(TxEntry tx, CanonicalBlock block) => Move(tx.Account!, After(tx.Nonce), block);

    /// <summary>The authorities' nonces, except where a node told them: those are applied at the end of the block.</summary>
    public void ApplyAuthorizations(BlockTx carrier, IReadOnlyList<AccountNonce> told, CanonicalBlock block)
    {
        foreach (var tuple in carrier.Authorizations.Span)
        {
            bool isForThisChain = tuple.ChainId.Value == 0 || tuple.ChainId == state.Chain.Chain;
            if (isForThisChain && !IsTold(told, tuple.Authority))
            {
                Apply(tuple, carrier.Hash, block);
            }
        }
    }

    /// <summary>The authorities' nonces after the block, where a node told them.</summary>
    public void ApplyTold(LogEvent.BlockObserved observed, CanonicalBlock block)
    {
        foreach (var told in observed.AuthorityNonces)
        {
            var account = state.TouchAccount(told.Account);
            Move(account, told.Next.Value, block);
            departures.ReplaceBelowNext(account, nonce => CarrierOf(observed, told.Account, nonce));
        }
    }

    private void Apply(in Authorization tuple, Hash256 carrier, CanonicalBlock block)
    {
        var account = state.TouchAccount(tuple.Authority);
        ulong used = tuple.Nonce.Value;
        bool fits = account.KnowledgeAfter(state.Chain.Gaps) switch
        {
            NonceKnowledge.Chain => used == account.Next,
            NonceKnowledge.Told => used >= account.Next, // a node's answer may already contain this block
            _ => true,
        };
        if (!fits)
        {
            return;
        }

        Move(account, After(used), block);
        departures.ReplaceBelowNext(account, nonce => nonce == used ? carrier : Hash256.Zero);
    }

    private void Move(AccountEntry account, ulong next, CanonicalBlock block)
    {
        block.Undo.Add(new NonceBefore(account, account.Next, account.Knowledge, account.KnownAtGap));
        account.Pins++;
        account.Next = next;
        account.Knowledge = NonceKnowledge.Chain;
        account.KnownAtGap = state.Chain.Gaps;
        state.Changed(account);
    }

    private static bool IsTold(IReadOnlyList<AccountNonce> told, Address authority)
    {
        foreach (var nonce in told)
        {
            if (nonce.Account == authority)
            {
                return true;
            }
        }

        return false;
    }

    private static Hash256 CarrierOf(LogEvent.BlockObserved observed, Address authority, ulong used)
    {
        foreach (var tx in observed.Transactions)
        {
            foreach (var tuple in tx.Authorizations.Span)
            {
                if (tuple.Authority == authority && tuple.Nonce.Value == used)
                {
                    return tx.Hash;
                }
            }
        }

        return Hash256.Zero;
    }

    /// <summary>The nonce after a used one. EIP-2681 keeps real ones below the end of the range; a false one stays there.</summary>
    private static ulong After(ulong used) => used == ulong.MaxValue ? used : used + 1;
}
