using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The contracts that the protocol itself calls, and as whom.</summary>
internal static class SystemCall
{
    /// <summary>Gas of each call; it does not count against the block.</summary>
    public const long Gas = 30_000_000;

    /// <summary>SYSTEM_ADDRESS, the same in all EIPs.</summary>
    public static Address Caller { get; } = Address.Parse("0xfffffffffffffffffffffffffffffffffffffffe");

    /// <summary>Beacon roots. <see href="https://eips.ethereum.org/EIPS/eip-4788"/></summary>
    public static Address BeaconRoots { get; } = Address.Parse("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");

    /// <summary>Hashes of past blocks. <see href="https://eips.ethereum.org/EIPS/eip-2935"/></summary>
    public static Address BlockHashes { get; } = Address.Parse("0x0000f90827f1c53a10cb7a02335b175320002935");

    /// <summary>Requests to withdraw. <see href="https://eips.ethereum.org/EIPS/eip-7002"/></summary>
    public static Address WithdrawalRequests { get; } = Address.Parse("0x00000961ef480eb55e80d19ad83579a64c007002");

    /// <summary>Requests to consolidate. <see href="https://eips.ethereum.org/EIPS/eip-7251"/></summary>
    public static Address ConsolidationRequests { get; } = Address.Parse("0x0000bbddc7ce488642fb579f8b00f3a590007251");
}
