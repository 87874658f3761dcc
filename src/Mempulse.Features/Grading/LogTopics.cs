using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Features.Grading;

/// <summary>The events that say which tokens moved, and that a pool or a settlement exchanged them.</summary>
public static class LogTopics
{
    private static readonly Hash256[] s_swaps =
    [
        .. new[]
        {
            "Swap(address,uint256,uint256,uint256,uint256,address)", // Uniswap V2 and its forks
            "Swap(address,address,int256,int256,uint160,uint128,int24)", // Uniswap V3 and its forks
            "Swap(address,address,int256,int256,uint160,uint128,int24,uint128,uint128)", // PancakeSwap V3
            "Swap(bytes32,address,int128,int128,uint160,uint128,int24,uint24)", // Uniswap V4
            "TokenPurchase(address,uint256,uint256)", // Uniswap V1
            "EthPurchase(address,uint256,uint256)",
            "TokenExchange(address,int128,uint256,int128,uint256)", // Curve
            "TokenExchange(address,uint256,uint256,uint256,uint256)",
            "TokenExchange(address,uint256,uint256,uint256,uint256,uint256,uint256)",
            "TokenExchangeUnderlying(address,int128,uint256,int128,uint256)",
            "LOG_SWAP(address,address,address,uint256,uint256)", // Balancer V1
            "Swap(bytes32,address,address,uint256,uint256)", // Balancer V2
            "Swap(address,address,address,uint256,uint256,uint256,uint256)", // Balancer V3
            "Conversion(address,address,address,uint256,uint256,address)", // Bancor
            "DODOSwap(address,address,uint256,uint256,address,address)", // DODO
            "Swapped(address,address,address,uint256,uint256,bytes)", // Clipper
            "Trade(address,address,address,uint256,uint256,uint256,bytes)", // CoW
            "Fill(bytes32,address,address,uint256)", // UniswapX
            "RfqOrderFilled(bytes32,address,address,address,address,uint128,uint128,bytes32)", // 0x
            "OtcOrderFilled(bytes32,address,address,address,address,uint128,uint128)",
            "LimitOrderFilled(bytes32,address,address,address,address,address,uint128,uint128,uint128,uint256,bytes32)",
            "OrderFilled(address,bytes32,uint256)", // 1inch
            "OrderFilled(bytes32,uint256)",
            "OrderFilledRFQ(bytes32,uint256)",
        }.Select(Topic).Order(),
    ];

    /// <summary><c>Transfer(address,address,uint256)</c> of ERC-20.</summary>
    public static Hash256 Transfer { get; } = Topic("Transfer(address,address,uint256)");

    /// <summary><c>Deposit(address,uint256)</c>: ether was wrapped.</summary>
    public static Hash256 Deposit { get; } = Topic("Deposit(address,uint256)");

    /// <summary><c>Withdrawal(address,uint256)</c>: ether was unwrapped.</summary>
    public static Hash256 Withdrawal { get; } = Topic("Withdrawal(address,uint256)");

    /// <summary><c>Swap(address,uint256,uint256,uint256,uint256,address)</c> of a pair of Uniswap V2, which takes what arrives.</summary>
    public static Hash256 PairSwap { get; } = Topic("Swap(address,uint256,uint256,uint256,uint256,address)");

    /// <summary>Returns true if the event says that a pool or a settlement exchanged tokens.</summary>
    public static bool IsSwap(in Hash256 topic) => Array.BinarySearch(s_swaps, topic) >= 0;

    private static Hash256 Topic(string signature) => Keccak256.Hash(Encoding.ASCII.GetBytes(signature));
}
