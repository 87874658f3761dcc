using System.Globalization;
using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>The complete prestate of a test; no read returns Missing.</summary>
internal sealed class PreState : IStateReader
{
    public PreState(JsonElement accounts)
    {
        foreach (var account in accounts.EnumerateObject())
        {
            Accounts.Add(Address.Parse(account.Name), PreAccount.Read(account.Value));
        }
    }

    private PreState(SortedDictionary<Address, PreAccount> accounts) => Accounts = accounts;

    public SortedDictionary<Address, PreAccount> Accounts { get; } = [];

    /// <summary>Returns this state with the changes of <paramref name="run"/> applied.</summary>
    public PreState After(WorldState run)
    {
        var accounts = new SortedDictionary<Address, PreAccount>(Accounts);
        foreach (var image in run.Images())
        {
            accounts.Remove(image.Address);
            if (image.Exists)
            {
                accounts.Add(image.Address, new PreAccount(image.Balance, image.Nonce, run.CodeOf(image.Address), SlotsAfter(image)));
            }
        }

        return new PreState(accounts);
    }

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

    /// <summary>State tests have no chain: a block's hash is the Keccak-256 hash of its number in decimal digits.</summary>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = Keccak256.Hash(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        return ReadOutcome.Found;
    }

    /// <summary>Returns the account's slots after a run: its previous slots, unless its storage was reset, with the run's slots applied.</summary>
    public SortedDictionary<UInt256, UInt256> SlotsAfter(AccountImage image)
    {
        var slots = image.KeepsStorage && Accounts.TryGetValue(image.Address, out var account)
            ? new SortedDictionary<UInt256, UInt256>(account.Storage)
            : [];
        foreach (var (key, value) in image.Slots)
        {
            slots.Remove(key);
            if (!value.IsZero)
            {
                slots.Add(key, value);
            }
        }

        return slots;
    }

    /// <summary>An account; its storage contains no zero values.</summary>
    internal sealed record PreAccount(UInt256 Balance, ulong Nonce, ContractCode Code, SortedDictionary<UInt256, UInt256> Storage)
    {
        /// <summary>Reads an account of state tests and geth's genesis files, which omit zero and empty fields.</summary>
        public static PreAccount Read(JsonElement account) => new(
            account.Number("balance"),
            account.Number64("nonce"),
            account.TryGetProperty("code", out _) ? ContractCode.Of(account.Bytes("code")) : ContractCode.Empty,
            account.TryGetProperty("storage", out var storage) ? ReadSlots(storage) : []);

        /// <summary>Returns true if all fields and slots are equal.</summary>
        public bool IsSame(PreAccount other) =>
            (Balance, Nonce, Code.Hash) == (other.Balance, other.Nonce, other.Code.Hash) && Storage.SequenceEqual(other.Storage);

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
