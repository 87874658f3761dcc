using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Reads the receipts of a block as peers send them: with blooms and in the forms of EIP-2718 up to eth/68, as plain lists without blooms since eth/69 (EIP-7642).</summary>
/// <remarks>
/// The form is found by the third field, which is a bloom of 256 bytes or a quantity. Type and bloom are not kept: the block states the type, and
/// the root is computed from the logs. Nothing read here is proven.
/// </remarks>
internal static class PeerReceiptReader
{
    private const int BloomBytes = 256;
    private const int MaxTopics = 4;

    /// <summary>Reads the list of a block's receipts.</summary>
    public static bool TryRead(ReadOnlySpan<byte> list, [NotNullWhen(true)] out IReadOnlyList<RpcReceipt>? receipts, out RlpFailure failure)
    {
        var read = new List<RpcReceipt>();
        var reader = new RlpReader(list);
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            if (reader.IsNextList)
            {
                read.Add(ReadFields(ref reader));
            }
            else
            {
                ReadTyped(ref reader, read);
            }
        }

        reader.LeaveList(outer);
        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        receipts = reader.Failed ? null : read;
        return receipts is not null;
    }

    /// <summary>Reads a receipt of EIP-2718: its type, then its fields, inside a string.</summary>
    private static void ReadTyped(ref RlpReader reader, List<RpcReceipt> receipts)
    {
        int start = reader.PositionBytes;
        var typed = reader.ReadString();
        if (typed.IsEmpty)
        {
            reader.Fail(RlpError.WrongLength, start);
            return;
        }

        var inner = new RlpReader(typed[1..]);
        receipts.Add(ReadFields(ref inner));
        inner.ExpectEnd();
        if (inner.Failed)
        {
            reader.Fail(inner.Error, start);
        }
    }

    private static RpcReceipt ReadFields(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var first = reader.ReadString();
        var second = reader.ReadString();
        int start = reader.PositionBytes;
        var third = reader.ReadString();
        bool hasBloom = third.Length == BloomBytes;
        var (outcome, root) = OutcomeOf(ref reader, hasBloom ? first : second, start);
        var gas = GasOf(ref reader, hasBloom ? second : third, start);
        var receipt = new RpcReceipt
        {
            TransactionHash = default,
            BlockHash = null,
            Outcome = outcome,
            StateRoot = root,
            GasUsed = null,
            CumulativeGasUsed = gas,
            Logs = ReadLogs(ref reader),
            DepositNonce = reader.HasMore ? reader.ReadUInt64() : null,
            DepositVersion = reader.HasMore ? reader.ReadUInt64() : null,
        };
        reader.LeaveList(outer);
        return receipt;
    }

    /// <summary>A status, or before Byzantium the root of the state.</summary>
    private static (ExecutionOutcome Outcome, Hash256? StateRoot) OutcomeOf(ref RlpReader reader, ReadOnlySpan<byte> field, int offset)
    {
        switch (field)
        {
            case []:
                return (ExecutionOutcome.Reverted, null);
            case [1]:
                return (ExecutionOutcome.Succeeded, null);
            case { Length: Hash256.Size }:
                return (ExecutionOutcome.Unknown, new Hash256(field));
            default:
                reader.Fail(RlpError.WrongLength, offset);
                return default;
        }
    }

    private static Gas GasOf(ref RlpReader reader, ReadOnlySpan<byte> field, int offset)
    {
        if (field.Length > sizeof(ulong))
        {
            reader.Fail(RlpError.IntegerTooWide, offset);
            return default;
        }

        ulong gas = 0;
        foreach (byte next in field)
        {
            gas = (gas << 8) | next;
        }

        return new Gas(gas);
    }

    private static List<TxLog> ReadLogs(ref RlpReader reader)
    {
        var logs = new List<TxLog>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            int log = reader.EnterList();
            logs.Add(new TxLog(reader.ReadAddress(), ReadTopics(ref reader), reader.ReadString().ToArray()));
            reader.LeaveList(log);
        }

        reader.LeaveList(outer);
        return logs;
    }

    private static List<Hash256> ReadTopics(ref RlpReader reader)
    {
        var topics = new List<Hash256>(MaxTopics);
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            topics.Add(reader.ReadHash());
            if (topics.Count > MaxTopics)
            {
                reader.Fail(RlpError.WrongLength, start);
            }
        }

        reader.LeaveList(outer);
        return topics;
    }
}
