using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>An account during a run; only <see cref="WorldState"/> changes it, with a journal entry.</summary>
/// <remarks>Per-transaction facts (the *In fields) are stamps: the number of the transaction in which they hold.</remarks>
internal sealed class Account
{
    public const int NoSlot = -1;

    public Address Address;
    public UInt256 Balance;
    public ulong Nonce;
    public Hash256 CodeHash;

    /// <summary>The code; null until it is read.</summary>
    public ContractCode? Code;

    /// <summary>True while the account is in the state, even if empty.</summary>
    public bool Exists;

    /// <summary>True while unknown slots are read from the reader: the account existed before the run and has not been removed since.</summary>
    public bool ReadsStorage;

    /// <summary>True when the storage was not empty before the run and the account has not been removed since.</summary>
    public bool HadStorage;

    /// <summary>Index in the account table.</summary>
    public int Index;

    /// <summary>Index of the first slot in the account's slot chain; <see cref="NoSlot"/> when empty.</summary>
    public int FirstSlot;

    /// <summary>The address as a number if it is below 65,536, where all precompiles are; otherwise 0.</summary>
    public int SmallNumber;

    public uint WarmIn;
    public uint TouchedIn;
    public uint CreatedIn;
    public uint DestroyedIn;

    public bool HasCode => CodeHash != Keccak256.OfNothing;

    /// <summary>True for an empty account (EIP-161).</summary>
    public bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;

    public void Load(in Address address, int index)
    {
        Address = address;
        Index = index;
        FirstSlot = NoSlot;
        SmallNumber = AddressWord.SmallNumber(address);
        WarmIn = TouchedIn = CreatedIn = DestroyedIn = 0;
        Erase();
    }

    public void Fill(in AccountRecord record)
    {
        Balance = record.Balance;
        Nonce = record.Nonce;
        CodeHash = record.CodeHash;
        Code = HasCode ? null : ContractCode.Empty;
        HadStorage = record.HasStorage;
        Exists = true;
        ReadsStorage = true;
    }

    public void Erase()
    {
        Balance = default;
        Nonce = 0;
        CodeHash = Keccak256.OfNothing;
        Code = ContractCode.Empty;
        Exists = false;
        ReadsStorage = false;
        HadStorage = false;
    }
}
