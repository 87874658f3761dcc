namespace Mempulse.Evm.Forks;

/// <summary>CREATE2. <see href="https://eips.ethereum.org/EIPS/eip-1014"/></summary>
public static class Eip1014
{
    /// <summary>First byte of the preimage of the address.</summary>
    public const byte AddressPrefix = 0xff;
}
