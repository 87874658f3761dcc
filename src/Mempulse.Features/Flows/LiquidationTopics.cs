using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>The events of markets that a third party closed a borrower's position.</summary>
internal static class LiquidationTopics
{
    private static readonly Hash256[] s_topics =
    [
        .. new[]
        {
            "LiquidationCall(address,address,address,uint256,uint256,address,bool)", // Aave V2 and V3
            "LiquidateBorrow(address,address,uint256,address,uint256)", // Compound V2
            "AbsorbDebt(address,address,uint256,uint256)", // Compound V3
            "Liquidate(bytes32,address,address,uint256,uint256,uint256,uint256,uint256)", // Morpho Blue
        }.Select(static signature => Keccak256.Hash(Encoding.ASCII.GetBytes(signature))).Order(),
    ];

    public static bool Contains(in Hash256 topic) => Array.BinarySearch(s_topics, topic) >= 0;
}
