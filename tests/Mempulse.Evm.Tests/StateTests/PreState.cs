using System.Globalization;
using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>The accounts before a state test; complete, so nothing is ever missing.</summary>
internal sealed class PreState : IStateReader
{
    public PreState(JsonElement accounts)
    {
        foreach (var account in accounts.EnumerateObject())
        {
            Accounts.Add(Address.Parse(account.Name), new PreAccount(account.Value));
        }
    }

    public SortedDictionary<Address, PreAccount> Accounts { get; } = [];

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        if (!Accounts.TryGetValue(address, out var found))
        {
            account = default;
            return ReadOutcome.Absent;
        }

        account = new AccountRecord(found.Balance, found.Nonce, found.Code.Hash, found.Storage.Count != 0);
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = Accounts[address].Storage.GetValueOrDefault(slot);
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = Accounts[address].Code;
        return ReadOutcome.Found;
    }

    /// <summary>State tests have no chain: the hash of a block is that of its number in digits.</summary>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = Keccak256.Hash(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        return ReadOutcome.Found;
    }

    internal sealed class PreAccount(JsonElement account)
    {
        public UInt256 Balance { get; } = account.Number("balance");

        public ulong Nonce { get; } = account.Number64("nonce");

        public ContractCode Code { get; } = ContractCode.Of(account.Bytes("code"));

        public SortedDictionary<UInt256, UInt256> Storage { get; } = ReadSlots(account.GetProperty("storage"));

        private static SortedDictionary<UInt256, UInt256> ReadSlots(JsonElement storage)
        {
            var slots = new SortedDictionary<UInt256, UInt256>();
            foreach (var slot in storage.EnumerateObject())
            {
                var value = HexJson.Number(slot.Value.GetString()!);
                if (!value.IsZero)
                {
                    slots[HexJson.Number(slot.Name)] = value;
                }
            }

            return slots;
        }
    }
}
