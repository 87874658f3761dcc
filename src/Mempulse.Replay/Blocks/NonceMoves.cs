using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Settling;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Blocks;

/// <summary>Advances next nonces as a block uses them, and saves the old ones in the block.</summary>
/// <remarks>
/// EIP-7702: after the sender's own nonce, each tuple whose chain and nonce match uses one nonce of its authority.
/// https://eips.ethereum.org/EIPS/eip-7702
/// </remarks>
internal sealed class NonceMoves(AccountTable accounts, CanonicalWindow window, Departures departures)
{
    /// <summary>Uses the sender's nonce.</summary>
    public void UseNonce(TxEntry tx, CanonicalBlock block) => Move(tx.Account!, After(tx.Nonce), block);

    /// <summary>Uses the authorities' nonces, except those that a node reported, which are applied at the end of the block.</summary>
    public void ApplyAuthorizations(BlockTx carrier, IReadOnlyList<AccountNonce> reported, CanonicalBlock block)
    {
        foreach (var tuple in carrier.Authorizations.Span)
        {
            bool isForThisChain = tuple.ChainId.Value == 0 || tuple.ChainId == window.Chain;
            if (isForThisChain && !IsReported(reported, tuple.Authority))
            {
                Apply(tuple, carrier.Hash, block);
            }
        }
    }

    /// <summary>Sets the authorities' nonces after the block, where a node reported them.</summary>
    public void ApplyReported(LogEvent.BlockObserved observed, CanonicalBlock block)
    {
        foreach (var reported in observed.AuthorityNonces)
        {
            var account = accounts.TouchAccount(reported.Account);
            Move(account, reported.Next.Value, block);
            departures.ReplaceBelowNext(account, nonce => CarrierOf(observed, reported.Account, nonce));
        }
    }

    private void Apply(in Authorization tuple, Hash256 carrier, CanonicalBlock block)
    {
        var account = accounts.TouchAccount(tuple.Authority);
        ulong used = tuple.Nonce.Value;
        bool fits = account.KnowledgeAfter(window.Gaps) switch
        {
            NonceKnowledge.Chain => used == account.Next,
            NonceKnowledge.Reported => used >= account.Next, // a node's answer may already contain this block
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
        accounts.Changing(account);
        block.Undo.Add(new NonceBefore(account, account.Next, account.Knowledge, account.KnownAtGap));
        account.Pins++;
        account.Next = next;
        account.Knowledge = NonceKnowledge.Chain;
        account.KnownAtGap = window.Gaps;
    }

    private static bool IsReported(IReadOnlyList<AccountNonce> reported, Address authority)
    {
        foreach (var nonce in reported)
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

    /// <summary>The nonce after a used one. EIP-2681 keeps real nonces below the end of the range; an invalid one stays there.</summary>
    private static ulong After(ulong used) => used == ulong.MaxValue ? used : used + 1;
}
