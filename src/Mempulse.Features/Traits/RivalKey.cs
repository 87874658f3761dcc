using Mempulse.Primitives;

namespace Mempulse.Features.Traits;

/// <summary>What transactions compete for: a pair of tokens, or a contract.</summary>
/// <param name="First">The lower token, or the contract.</param>
/// <param name="Second">The higher token; the zero account for a contract.</param>
internal readonly record struct RivalKey(Address First, Address Second) : IComparable<RivalKey>
{
    /// <summary>What a transaction competes for; null for one that changes nothing that others want.</summary>
    public static RivalKey? Of(in TxTraits tx)
    {
        if (tx.MainTrade is { TokenIn: { } given, TokenOut: { } received })
        {
            return given < received ? new RivalKey(given, received) : new RivalKey(received, given);
        }

        return tx.Target is not { } target || tx.InputBytes == 0 || (!tx.IsTrade && tx.Category is Registry.CallCategory.Transfer or Registry.CallCategory.Approval)
            ? null
            : new RivalKey(target, default);
    }

    public int CompareTo(RivalKey other) => First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);
}
