namespace Mempulse.Ethereum.Forks;

/// <summary>Simple replay attack protection: the chain id is signed and encoded in v. <see href="https://eips.ethereum.org/EIPS/eip-155"/></summary>
public static class Eip155
{
    /// <summary>v of a legacy signature without a chain id, less the parity.</summary>
    public const ulong UnprotectedV = 27;

    /// <summary>v of a protected signature, less the parity and twice the chain id.</summary>
    public const ulong ProtectedV = 35;

    /// <summary>The highest chain id whose v fits 64 bits.</summary>
    public const ulong MaxChainId = (ulong.MaxValue - ProtectedV - 1) / 2;
}
