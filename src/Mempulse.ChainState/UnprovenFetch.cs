using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Calls;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Fetches accounts, slots and code from a node without proofs. The caller marks the state unverified.</summary>
internal static class UnprovenFetch
{
    /// <summary>Number of calls for the account itself, which precede those for its slots.</summary>
    private const int AccountCalls = 3;

    /// <summary>The calls for one account.</summary>
    public static IReadOnlyList<RpcCall> Calls(AccountParts parts, Hash256 block)
    {
        string name = parts.Address.ToString();
        var at = RpcParameters.AtBlock(block);
        return
        [
            new("eth_getBalance", name, at),
            new("eth_getTransactionCount", name, at),
            new("eth_getCode", name, at),
            .. parts.Slots.Select(slot => new RpcCall("eth_getStorageAt", name, RpcParameters.Word(slot), at)),
        ];
    }

    /// <summary>Keeps the answers to <see cref="Calls"/>; returns the first value that the node did not return.</summary>
    /// <remarks>Nodes do not report whether an account without code has storage; it is assumed to have none.</remarks>
    public static StateGap? Take(FetchedState into, AccountParts parts, ReadOnlySpan<RpcAnswer> answers)
    {
        if (!Quantity(answers[0], out var balance) || !Quantity(answers[1], out var nonce) || !nonce.FitsUInt64 || !CodeText.TryRead(answers[2], out byte[] code))
        {
            return new StateGap.OfAccount(parts.Address);
        }

        for (int i = 0; i < parts.Slots.Count; i++)
        {
            if (!Quantity(answers[AccountCalls + i], out var value))
            {
                return new StateGap.OfSlot(parts.Address, parts.Slots[i]);
            }

            into.Add(parts.Address, parts.Slots[i], value);
        }

        var contract = ContractCode.Of(code);
        into.Add(contract);
        bool exists = !balance.IsZero || !nonce.IsZero || contract.Length != 0;
        into.Add(parts.Address, exists ? new AccountRecord(balance, nonce.LowUInt64, contract.Hash, HasStorage: contract.Length != 0) : null);
        return null;
    }

    private static bool Quantity(in RpcAnswer answer, out UInt256 value)
    {
        value = default;
        return answer.HasResult && answer.Result.ValueKind == JsonValueKind.String && UInt256.TryParse(answer.Result.GetString(), out value);
    }
}
