using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Markets;

/// <summary>What the events of a market's contracts, of its oracle and of price feeds say.</summary>
internal static class MarketLogs
{
    private const int RateWords = 5;
    private const int LiquidityRate = 0;
    private const int BorrowRate = 2; // the one between is of a kind of debt that no longer exists
    private const int LiquidityIndex = 3;
    private const int BorrowIndex = 4;
    private const int BorrowerTopic = 2;

    private static readonly Hash256 s_reserve = TopicOf("ReserveDataUpdated(address,uint256,uint256,uint256,uint256,uint256)");
    private static readonly Hash256 s_borrow = TopicOf("Borrow(address,address,address,uint256,uint8,uint256,uint16)");
    private static readonly Hash256 s_answer = TopicOf("AnswerUpdated(int256,uint256,uint256)");

    /// <summary>Returns true for an answer of a feed.</summary>
    public static bool IsAnswer(in TxLogView log) => log.TopicCount == 3 && log.Topic(0) == s_answer;

    /// <summary>What an answer says.</summary>
    public static MarketMove ReadAnswer(in TxLogView log)
    {
        var answer = MarketKey.WordOf(log.Topic(1));
        return new MarketMove(MoveKind.Price, log.Account, default, [answer.IsNegative ? UInt256.Zero : answer]);
    }

    /// <summary>What an event of a market itself says of its state.</summary>
    /// <returns>Null for an event that says nothing but which accounts it is about.</returns>
    public static MarketMove? ReadOfMarket(in TxLogView log)
    {
        if (log.TopicCount == 0)
        {
            return null;
        }

        var topic = log.Topic(0);
        if (topic == s_reserve)
        {
            return log is { TopicCount: 2, OmittedBytes: 0 } && log.Data.Length == RateWords * UInt256.Size && MarketKey.AddressOf(log.Topic(1)) is { } token
                ? new MarketMove(MoveKind.Reserve, log.Account, token, [Word(log, LiquidityRate), Word(log, BorrowRate), Word(log, LiquidityIndex), Word(log, BorrowIndex)])
                : new MarketMove(MoveKind.SetAside, log.Account, default, []);
        }

        return topic == s_borrow && log.TopicCount > BorrowerTopic && MarketKey.AddressOf(log.Topic(BorrowerTopic)) is { } borrower
            ? new MarketMove(MoveKind.Borrowed, log.Account, borrower, [])
            : null;
    }

    private static UInt256 Word(in TxLogView log, int index) => UInt256.FromBigEndian(log.Data.Slice(index * UInt256.Size, UInt256.Size));

    private static Hash256 TopicOf(string signature) => Keccak256.Hash(Encoding.ASCII.GetBytes(signature));
}
