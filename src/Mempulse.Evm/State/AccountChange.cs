using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>What is different about an account; null leaves it as it is.</summary>
/// <param name="Address">Which one.</param>
public sealed record AccountChange(Address Address)
{
    /// <summary>False when it is not there, whatever else is said.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>In wei.</summary>
    public UInt256? Balance { get; init; }

    /// <summary>Its nonce.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>Its code.</summary>
    public ContractCode? Code { get; init; }

    /// <summary>True when slots that are not listed have the value they had; false when they are zero.</summary>
    public bool KeepsStorage { get; init; } = true;

    /// <summary>Slots and their values; of equal ones the last counts.</summary>
    public IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots { get; init; } = [];

    /// <summary>All that a run left of an account.</summary>
    public static AccountChange To(AccountImage image) => new(image.Address)
    {
        Exists = image.Exists,
        Balance = image.Balance,
        Nonce = image.Nonce,
        Code = image.Code, // what the run did not have in hands it did not change
        KeepsStorage = image.KeepsStorage,
        Slots = image.Slots,
    };
}
