using Mempulse.Primitives;

namespace Mempulse.Features.Failures;

/// <summary>Whose calls are counted.</summary>
/// <param name="Role">What the account is in them.</param>
/// <param name="Account">The account.</param>
internal readonly record struct FailureKey(FailureRole Role, Address Account) : IComparable<FailureKey>
{
    public int CompareTo(FailureKey other) => Role != other.Role ? Role.CompareTo(other.Role) : Account.CompareTo(other.Account);
}
