using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>Names a pool.</summary>
/// <param name="Contract">The contract that holds its state.</param>
/// <param name="Id">Which pool of the contract, for a contract of many; the zero hash for a contract that is one pool.</param>
public readonly record struct PoolKey(Address Contract, Hash256 Id) : IComparable<PoolKey>
{
    /// <summary>The pool that a contract is.</summary>
    public static PoolKey Of(Address contract) => new(contract, default);

    /// <inheritdoc/>
    public int CompareTo(PoolKey other) => Contract != other.Contract ? Contract.CompareTo(other.Contract) : Id.CompareTo(other.Id);

    /// <summary>The contract, and the id if there are several pools in it.</summary>
    public override string ToString() => Id.IsZero ? Contract.ToString() : $"{Contract}:{Id}";

    /// <summary>By contract, then by id.</summary>
    public static bool operator <(PoolKey left, PoolKey right) => left.CompareTo(right) < 0;

    /// <summary>By contract, then by id.</summary>
    public static bool operator >(PoolKey left, PoolKey right) => left.CompareTo(right) > 0;

    /// <summary>By contract, then by id.</summary>
    public static bool operator <=(PoolKey left, PoolKey right) => left.CompareTo(right) <= 0;

    /// <summary>By contract, then by id.</summary>
    public static bool operator >=(PoolKey left, PoolKey right) => left.CompareTo(right) >= 0;
}
