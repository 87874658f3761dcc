using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.ChainState;

/// <summary>Fetches accounts, slots and code with proofs. What does not follow from the block's state root is a mismatch.</summary>
internal static class ProvenFetch
{
    /// <summary>True if the node does not serve this proof. Any other refusal may be transient; the call is repeated.</summary>
    public static bool HasNoProof(in RpcAnswer proof) =>
        !proof.HasResult && proof.Refusal.Kind is (RefusalKind.None or RefusalKind.MethodNotSupported or RefusalKind.StateUnavailable);

    /// <summary>The calls for one account: its proof, and its code if that is asked for.</summary>
    public static IEnumerable<RpcCall> Calls(AccountParts parts, Hash256 block)
    {
        yield return new("eth_getProof", parts.Address.ToString(), parts.Slots.Select(slot => RpcParameters.Word(slot)).ToArray(), RpcParameters.AtBlock(block));
        if (parts.WithCode)
        {
            yield return new("eth_getCode", parts.Address.ToString(), RpcParameters.AtBlock(block));
        }
    }

    /// <summary>Verifies the answers to <see cref="Calls"/> and keeps what they prove.</summary>
    /// <param name="into">Where it is kept.</param>
    /// <param name="stateRoot">The block's state root.</param>
    /// <param name="parts">What was asked for.</param>
    /// <param name="proof">The answer to eth_getProof.</param>
    /// <param name="code">The answer to eth_getCode; null if it was not asked for.</param>
    /// <param name="isContradicted">True if fields of the answer contradict its proof, which counts.</param>
    public static SimOutcome.StateMismatch? Take(
        FetchedState into, in Hash256 stateRoot, AccountParts parts, JsonElement proof, RpcAnswer? code, out bool isContradicted)
    {
        isContradicted = false;
        var address = parts.Address;
        if (!AccountProof.TryReadAccount(proof, stateRoot, address, out var account, out var storageRoot))
        {
            return new SimOutcome.StateMismatch(address, null, "The account's proof does not lead from the state root to the account.");
        }

        var values = new UInt256[parts.Slots.Count];
        if (AccountProof.ReadSlots(proof, storageRoot, parts.Slots, values) is { } unproven)
        {
            return new SimOutcome.StateMismatch(address, unproven, "The slot's proof does not lead from the account's storage root to the value.");
        }

        isContradicted = AccountProof.Contradicts(proof, account, storageRoot, parts.Slots, values);
        if (account is { } known && code is { } answer && TakeCode(into, address, known.CodeHash, answer) is { } mismatch)
        {
            return mismatch;
        }

        into.Add(address, account);
        for (int i = 0; i < values.Length; i++)
        {
            into.Add(address, parts.Slots[i], values[i]);
        }

        return null;
    }

    /// <summary>Keeps the code if it has the account's code hash. If the node returned none, the code is fetched again when a run needs it.</summary>
    public static SimOutcome.StateMismatch? TakeCode(FetchedState into, in Address address, in Hash256 codeHash, in RpcAnswer answer)
    {
        if (!CodeText.TryRead(answer, out byte[] bytes))
        {
            return null;
        }

        var code = ContractCode.Of(bytes);
        if (code.Hash != codeHash)
        {
            return new SimOutcome.StateMismatch(address, null, $"The code hashes to {code.Hash}, but the account's code hash is {codeHash}.");
        }

        into.Add(code);
        return null;
    }
}
