using Mempulse.Builder.Assembly;
using Mempulse.ChainState;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Opportunities;
using Mempulse.Primitives;

namespace Mempulse.Grains.Bundles;

/// <summary>Simulates a bundle without a key: another account, whose key is no secret, owns the executor in the simulation alone.</summary>
/// <remarks>The owner is an immutable, so it stands in the code. Everything else of the contract, what it holds above all, is as it is on the chain.</remarks>
internal static class StandInOwner
{
    /// <summary>The request with own transactions that the other account signed, or why it cannot be made, in a sentence.</summary>
    public static async ValueTask<(SimQuery Query, string Problem)> InsteadAsync(SimQuery query, AssembledBundle bundle, Hash256 head, IStateProvider provider, CancellationToken cancellationToken)
    {
        var terms = bundle.Draft.Terms;
        var state = await provider.AtAsync(head, cancellationToken);
        if (await CodeOfAsync(state, terms.Executor, cancellationToken) is not { } code)
        {
            return (query, $"There is no contract at {terms.Executor}, which is configured as the executor.");
        }

        byte[] owned = Replace(code, terms.Operator, SimulatedExecutor.Caller);
        if (owned.AsSpan().SequenceEqual(code))
        {
            return (query, $"The contract at {terms.Executor} does not name {terms.Operator} as its owner.");
        }

        var own = new Queue<SignedTransaction>(bundle.Draft.Legs.Select(static leg => leg.Own));
        ulong nonce = 0;
        return (query with
        {
            Transactions = [.. bundle.Parts.Select(part => part.Tx.IsOwn ? new SimTransaction(SimulatedExecutor.Sign(own.Dequeue() with { Nonce = new Nonce(nonce++) }), MayRevert: false) : new SimTransaction(part.Raw, part.Tx.MayRevert))],
            Overrides =
            [
                new SimOverride { Address = SimulatedExecutor.Caller, Balance = SimulatedExecutor.GasMoney, Nonce = default(Nonce) },
                new SimOverride { Address = terms.Executor, Code = owned },
            ],
        }, string.Empty);
    }

    private static async ValueTask<byte[]?> CodeOfAsync(IBlockState state, Address contract, CancellationToken cancellationToken)
    {
        await state.FetchAsync(new StateGap.OfAccount(contract), cancellationToken);
        if (state.Reader.ReadAccount(contract, out var account) != ReadOutcome.Found)
        {
            return null;
        }

        await state.FetchAsync(new StateGap.OfCode(contract, account.CodeHash), cancellationToken);
        return state.Reader.ReadCode(contract, account.CodeHash, out var code) == ReadOutcome.Found ? code!.Bytes.ToArray() : null;
    }

    private static byte[] Replace(byte[] code, Address from, Address to)
    {
        byte[] replaced = [.. code];
        byte[] sought = from.ToArray();
        for (int at = 0; at + Address.Size <= replaced.Length; at++)
        {
            if (replaced.AsSpan(at, Address.Size).SequenceEqual(sought))
            {
                to.CopyTo(replaced.AsSpan(at));
            }
        }

        return replaced;
    }
}
