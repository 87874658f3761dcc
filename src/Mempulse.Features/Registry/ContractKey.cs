using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>A contract of a chain.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Address">The address.</param>
public readonly record struct ContractKey(ChainId Chain, Address Address) : IComparable<ContractKey>
{
    /// <inheritdoc/>
    public int CompareTo(ContractKey other) => Chain != other.Chain ? Chain.CompareTo(other.Chain) : Address.CompareTo(other.Address);

    /// <summary>Order by chain, then address.</summary>
    public static bool operator <(ContractKey left, ContractKey right) => left.CompareTo(right) < 0;

    /// <summary>Order by chain, then address.</summary>
    public static bool operator >(ContractKey left, ContractKey right) => left.CompareTo(right) > 0;

    /// <summary>Order by chain, then address.</summary>
    public static bool operator <=(ContractKey left, ContractKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order by chain, then address.</summary>
    public static bool operator >=(ContractKey left, ContractKey right) => left.CompareTo(right) >= 0;
}
