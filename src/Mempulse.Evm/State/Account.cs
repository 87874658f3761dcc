using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>An account within a run; changed only by <see cref="WorldState"/>, which journals it.</summary>
/// <remarks>What holds for one transaction is a stamp: the number of the transaction it holds in.</remarks>
internal sealed class Account
{
    public const int NoSlot = -1;

    public Address Address;
    public UInt256 Balance;
    public ulong Nonce;
    public Hash256 CodeHash;

    /// <summary>Null until somebody asked for it.</summary>
    public ContractCode? Code;

    /// <summary>True while it is in the state, be it empty.</summary>
    public bool Exists;

    /// <summary>True while slots not seen yet have to be asked for: it was there before the run and was not removed since.</summary>
    public bool ReadsStorage;

    /// <summary>True when its storage was not empty before the run, and was not removed since.</summary>
    public bool HadStorage;

    /// <summary>Its position in the table of accounts.</summary>
    public int Index;

    /// <summary>Head of the chain of its slots, <see cref="NoSlot"/> at the end.</summary>
    public int FirstSlot;

    /// <summary>The number of a precompile's address (1 to 17, 0x100), or 0.</summary>
    public int SmallNumber;

    public uint WarmIn;
    public uint TouchedIn;
    public uint CreatedIn;
    public uint DestroyedIn;

    public bool HasCode => CodeHash != Keccak256.OfNothing;

    /// <summary>EIP-161: nothing that would be missed.</summary>
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
