using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The delegation designator: the code of an account that delegates to another. <see href="https://eips.ethereum.org/EIPS/eip-7702"/></summary>
internal static class Delegation
{
    /// <summary>Length of a designator: prefix and address.</summary>
    public const int Bytes = 3 + Address.Size;

    /// <summary>The prefix of a designator; EIP-3541 prevents other code from starting with it.</summary>
    public static ReadOnlySpan<byte> Prefix => [0xef, 0x01, 0x00];

    /// <summary>Creates the designator of <paramref name="target"/>.</summary>
    public static ContractCode To(in Address target)
    {
        Span<byte> designator = stackalloc byte[Bytes];
        Prefix.CopyTo(designator);
        target.CopyTo(designator[Prefix.Length..]);
        return ContractCode.Of(designator);
    }
}
