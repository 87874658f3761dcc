using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Execution layer triggerable withdrawals, Prague. <see href="https://eips.ethereum.org/EIPS/eip-7002"/></summary>
public static class Eip7002
{
    /// <summary>WITHDRAWAL_REQUEST_TYPE.</summary>
    public const byte RequestType = 0x01;

    /// <summary>WITHDRAWAL_REQUEST_PREDEPLOY_ADDRESS.</summary>
    public static Address Contract { get; } = Address.Parse("0x00000961ef480eb55e80d19ad83579a64c007002");
}
