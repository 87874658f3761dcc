namespace Mempulse.Ethereum.Forks;

/// <summary>Simple replay attack protection: the chain id is signed and stands in v. <see href="https://eips.ethereum.org/EIPS/eip-155"/></summary>
public static class Eip155
{
    /// <summary>v of a legacy signature without a chain id is this plus the parity.</summary>
    public const ulong UnprotectedV = 27;

    /// <summary>v of a protected signature is this plus twice the chain id plus the parity.</summary>
    public const ulong ProtectedV = 35;

    /// <summary>The highest chain id whose v fits 64 bits.</summary>
    public const ulong MaxChainId = (ulong.MaxValue - ProtectedV - 1) / 2;
}
