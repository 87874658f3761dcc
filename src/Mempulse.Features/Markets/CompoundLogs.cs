using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Markets;

/// <summary>Which accounts the events of a market of Compound V3 make borrowers.</summary>
/// <remarks>
/// A withdrawal of base tokens is a loan unless the account lent them, and collateral is supplied to borrow. Loans by a transfer of base tokens have no event of
/// their own, and their accounts have collateral.
/// </remarks>
internal static class CompoundLogs
{
    private static readonly Hash256 s_withdraw = TopicOf("Withdraw(address,address,uint256)");
    private static readonly Hash256 s_supplyCollateral = TopicOf("SupplyCollateral(address,address,address,uint256)");
    private static readonly Hash256 s_transferCollateral = TopicOf("TransferCollateral(address,address,address,uint256)");
    private static readonly Hash256 s_withdrawCollateral = TopicOf("WithdrawCollateral(address,address,address,uint256)");

    /// <summary>The account that an event says may borrow.</summary>
    /// <returns>Null for other events.</returns>
    public static Address? BorrowerOf(in TxLogView log)
    {
        if (log.TopicCount < 3)
        {
            return null;
        }

        var topic = log.Topic(0);
        int at = topic == s_withdraw || topic == s_withdrawCollateral ? 1 : topic == s_supplyCollateral || topic == s_transferCollateral ? 2 : 0;
        return at == 0 ? null : MarketKey.AddressOf(log.Topic(at));
    }

    private static Hash256 TopicOf(string signature) => Keccak256.Hash(Encoding.ASCII.GetBytes(signature));
}
