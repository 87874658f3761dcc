using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Transactions;

/// <summary>Applies the authorisation list of a transaction before it runs. <see href="https://eips.ethereum.org/EIPS/eip-7702"/></summary>
internal static class AuthorizationList
{
    /// <summary>Sets the delegation of each valid tuple and skips the others; the delegations remain if the transaction fails.</summary>
    public static void Apply(BlockEnv block, EvmTransaction transaction, WorldState state)
    {
        for (int i = 0; i < transaction.Authorizations.Count; i++)
        {
            var tuple = transaction.Authorizations[i];
            if ((tuple.ChainId.IsZero || tuple.ChainId == block.ChainId) && tuple.Nonce < Eip2681.NonceLimit && tuple.Authority is { } authority)
            {
                Apply(tuple, state.Get(authority), state);
            }
        }
    }

    private static void Apply(SetCodeTuple tuple, Account authority, WorldState state)
    {
        state.WarmAccount(authority);
        if ((authority.HasCode && !state.CodeOf(authority).TryGetDelegate(out _)) || authority.Nonce != tuple.Nonce)
        {
            return;
        }

        if (authority.Exists)
        {
            state.Refund += (long)(Eip7702.PerEmptyAccountCost - Eip7702.PerAuthBaseCost);
        }

        state.SetCode(authority, tuple.Delegate.IsZero ? ContractCode.Empty : Delegation.To(tuple.Delegate));
        state.SetNonce(authority, authority.Nonce + 1);
    }
}
