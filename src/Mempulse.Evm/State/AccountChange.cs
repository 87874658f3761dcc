using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The changes to an account; null keeps the current value.</summary>
/// <param name="Address">The address.</param>
public sealed record AccountChange(Address Address)
{
    /// <summary>False when the account does not exist; the other properties are then ignored.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>The balance in wei.</summary>
    public UInt256? Balance { get; init; }

    /// <summary>The nonce.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>The code.</summary>
    public ContractCode? Code { get; init; }

    /// <summary>True when unlisted slots keep their value; false when they are zero.</summary>
    public bool KeepsStorage { get; init; } = true;

    /// <summary>The changed slots and their values; the last one wins for equal keys.</summary>
    public IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots { get; init; } = [];

    /// <summary>Creates the change that leads to the account as a run left it.</summary>
    public static AccountChange To(AccountImage image) => new(image.Address)
    {
        Exists = image.Exists,
        Balance = image.Balance,
        Nonce = image.Nonce,
        Code = image.Code, // code that the run never read is unchanged
        KeepsStorage = image.KeepsStorage,
        Slots = image.Slots,
    };
}
