using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>What logs of a token moved to an account and from it.</summary>
/// <remarks>Wrapped ether emits one of these events for each change of a balance, so the difference is the change of the account's balance.</remarks>
/// <param name="To">The sum of what came.</param>
/// <param name="From">The sum of what left.</param>
/// <param name="IsVerified">Whether the receiptsRoot confirms the logs.</param>
internal readonly record struct TokenGain(UInt256 To, UInt256 From, bool IsVerified)
{
    private const int TransferTopics = 3;
    private const int WrapTopics = 2;

    private static readonly Hash256 s_transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);
    private static readonly Hash256 s_deposit = Keccak256.Hash("Deposit(address,uint256)"u8);
    private static readonly Hash256 s_withdrawal = Keccak256.Hash("Withdrawal(address,uint256)"u8);

    /// <summary>The difference.</summary>
    public WeiDelta Net => To >= From ? WeiDelta.Gain(new Wei(To - From)) : WeiDelta.Loss(new Wei(From - To));

    /// <summary>This and another gain; null when the sums are no amounts of a token.</summary>
    public TokenGain? Plus(TokenGain other)
    {
        var to = UInt256.Add(To, other.To, out bool hasWrappedTo);
        var from = UInt256.Add(From, other.From, out bool hasWrappedFrom);
        return hasWrappedTo || hasWrappedFrom ? null : new TokenGain(to, from, IsVerified && other.IsVerified);
    }

    /// <summary>What the logs of a receipt moved; null when one of the token's logs is not whole on record.</summary>
    public static TokenGain? Of(in TxResultView receipt, in Address token, in Address account, bool isVerified)
    {
        TokenGain? sum = new TokenGain(default, default, isVerified);
        foreach (var log in receipt)
        {
            if (log.Account == token && log.TopicCount > 0 && sum is { } before)
            {
                var data = log.OmittedBytes > 0 ? default : log.Data;
                var gain = Of(log.Topic(0), log.TopicCount, log.TopicCount > 1 ? log.Topic(1) : default, log.TopicCount > 2 ? log.Topic(2) : default, data, account);
                sum = gain is { } known ? before.Plus(known with { IsVerified = isVerified }) : null;
            }
        }

        return sum;
    }

    /// <summary>What the logs of an execution moved; null when one of the token's logs has no amount.</summary>
    public static TokenGain? Of(IReadOnlyList<LogEntry> logs, in Address token, in Address account)
    {
        TokenGain? sum = new TokenGain(default, default, IsVerified: true);
        for (int i = 0; i < logs.Count; i++)
        {
            var topics = logs[i].Topics;
            if (logs[i].Address == token && topics.Count > 0 && sum is { } before)
            {
                var gain = Of(topics[0], topics.Count, topics.Count > 1 ? topics[1] : default, topics.Count > 2 ? topics[2] : default, logs[i].Data.Span, account);
                sum = gain is { } known ? before.Plus(known) : null;
            }
        }

        return sum;
    }

    public static void Write(EntryWriter writer, TokenGain? gain)
    {
        writer.Write(gain is not null);
        if (gain is { } known)
        {
            writer.Write(known.To);
            writer.Write(known.From);
            writer.Write(known.IsVerified);
        }
    }

    public static TokenGain? Read(ref EntryReader reader) =>
        reader.ReadBoolean() ? new TokenGain(reader.ReadUInt256(), reader.ReadUInt256(), reader.ReadBoolean()) : null;

    private static TokenGain? Of(in Hash256 topic, int topics, in Hash256 first, in Hash256 second, ReadOnlySpan<byte> data, in Address account)
    {
        bool isTransfer = topic == s_transfer && topics == TransferTopics;
        bool isDeposit = topic == s_deposit && topics == WrapTopics;
        bool isWithdrawal = topic == s_withdrawal && topics == WrapTopics;
        if (!isTransfer && !isDeposit && !isWithdrawal)
        {
            return new TokenGain(default, default, IsVerified: true);
        }

        if (data.Length != UInt256.Size)
        {
            return null;
        }

        var amount = UInt256.FromBigEndian(data);
        bool comes = isTransfer ? IsAccount(second, account) : isDeposit && IsAccount(first, account);
        bool leaves = (isTransfer || isWithdrawal) && IsAccount(first, account);
        return new TokenGain(comes ? amount : default, leaves ? amount : default, IsVerified: true);
    }

    private static bool IsAccount(in Hash256 topic, in Address account)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        topic.CopyTo(bytes);
        return new Address(bytes[(Hash256.Size - Address.Size)..]) == account;
    }
}
