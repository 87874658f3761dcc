using Mempulse.Primitives;

namespace Mempulse.Devp2p.Forks;

/// <summary>The public chains with all forks through BPO2.</summary>
/// <remarks>Activations are those of EIP-7607, EIP-7892 and each network's genesis file.</remarks>
public static class KnownChains
{
    /// <summary>Mainnet.</summary>
    public static ChainForks Mainnet { get; } = new(
        networkId: 1,
        Hash256.Parse("0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"),
        genesisTime: 0,
        [1_150_000, 1_920_000, 2_463_000, 2_675_000, 4_370_000, 7_280_000, 9_069_000, 9_200_000, 12_244_000, 12_965_000, 13_773_000, 15_050_000],
        [1_681_338_455, 1_710_338_135, 1_746_612_311, 1_764_798_551, 1_765_290_071, 1_767_747_671]);

    /// <summary>Sepolia.</summary>
    public static ChainForks Sepolia { get; } = new(
        networkId: 11_155_111,
        Hash256.Parse("0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9"),
        genesisTime: 1_633_267_481,
        [1_735_371],
        [1_677_557_088, 1_706_655_072, 1_741_159_776, 1_760_427_360, 1_761_017_184, 1_761_607_008]);

    /// <summary>Holesky.</summary>
    public static ChainForks Holesky { get; } = new(
        networkId: 17_000,
        Hash256.Parse("0xb5f7f912443c940f21fd611f12828d75b534364ed9e95ca4e307729a4661bde4"),
        genesisTime: 1_695_902_100,
        [],
        [1_696_000_704, 1_707_305_664, 1_740_434_112, 1_759_308_480, 1_759_800_000, 1_760_389_824]);

    /// <summary>Hoodi.</summary>
    public static ChainForks Hoodi { get; } = new(
        networkId: 560_048,
        Hash256.Parse("0xbbe312868b376a3001692a646dd2d7d1e4406380dfd86b98aa8a34d1557c971b"),
        genesisTime: 1_742_212_800,
        [],
        [1_742_999_832, 1_761_677_592, 1_762_365_720, 1_762_955_544]);
}
