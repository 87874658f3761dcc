using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Increase the maximum effective balance, Prague: consolidations. <see href="https://eips.ethereum.org/EIPS/eip-7251"/></summary>
public static class Eip7251
{
    /// <summary>CONSOLIDATION_REQUEST_TYPE.</summary>
    public const byte RequestType = 0x02;

    /// <summary>CONSOLIDATION_REQUEST_PREDEPLOY_ADDRESS.</summary>
    public static Address Contract { get; } = Address.Parse("0x0000bbddc7ce488642fb579f8b00f3a590007251");
}
