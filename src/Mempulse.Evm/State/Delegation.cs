using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The designator that stands as code of an account which runs another's code. <see href="https://eips.ethereum.org/EIPS/eip-7702"/></summary>
internal static class Delegation
{
    /// <summary>Length of a designator: prefix and address.</summary>
    public const int Bytes = 3 + Address.Size;

    /// <summary>How a designator begins; no other code can since EIP-3541.</summary>
    public static ReadOnlySpan<byte> Prefix => [0xef, 0x01, 0x00];

    /// <summary>The designator of <paramref name="target"/>.</summary>
    public static ContractCode To(in Address target)
    {
        Span<byte> designator = stackalloc byte[Bytes];
        Prefix.CopyTo(designator);
        target.CopyTo(designator[Prefix.Length..]);
        return ContractCode.Of(designator);
    }
}
