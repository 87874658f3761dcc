using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Supply validator deposits on chain, Prague. <see href="https://eips.ethereum.org/EIPS/eip-6110"/></summary>
public static class Eip6110
{
    /// <summary>DEPOSIT_REQUEST_TYPE.</summary>
    public const byte RequestType = 0x00;

    /// <summary>Length of the data of a deposit log.</summary>
    public const int EventBytes = 576;

    /// <summary>DEPOSIT_CONTRACT_ADDRESS of mainnet.</summary>
    public static Address MainnetContract { get; } = Address.Parse("0x00000000219ab540356cbb839cbe05303d7705fa");

    /// <summary>DEPOSIT_EVENT_SIGNATURE_HASH.</summary>
    public static Hash256 EventTopic { get; } = Hash256.Parse("0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5");
}
