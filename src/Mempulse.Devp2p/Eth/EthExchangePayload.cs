using System.Diagnostics;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>Payloads of requests and responses (EIP-2481): [request id, content].</summary>
internal static class EthExchangePayload
{
    public static EthMessage? Read(int code, ReadOnlyMemory<byte> payload, ref RlpReader reader)
    {
        if (code is < EthCodes.GetBlockHeaders or EthCodes.NewBlock or > EthCodes.PooledTransactions and < EthCodes.GetReceipts or > EthCodes.Receipts)
        {
            return null;
        }

        int outer = reader.EnterList();
        ulong id = reader.ReadUInt64();
        EthMessage? message = code switch
        {
            EthCodes.GetBlockHeaders => ReadHeaderQuery(id, ref reader),
            EthCodes.BlockHeaders => new EthMessage.BlockHeaders(id, ReadItems(payload, ref reader)),
            EthCodes.GetBlockBodies => new EthMessage.GetBlockBodies(id, EthPayload.ReadHashes(ref reader)),
            EthCodes.BlockBodies => new EthMessage.BlockBodies(id, ReadItems(payload, ref reader)),
            EthCodes.GetPooledTransactions => new EthMessage.GetPooledTransactions(id, EthPayload.ReadHashes(ref reader)),
            EthCodes.PooledTransactions => new EthMessage.PooledTransactions(id, EthPayload.ReadBodies(payload, ref reader)),
            EthCodes.GetReceipts => new EthMessage.GetReceipts(id, EthPayload.ReadHashes(ref reader)),
            EthCodes.Receipts => new EthMessage.Receipts(id, ReadItems(payload, ref reader)),
            _ => null,
        };
        reader.LeaveList(outer);
        return message;
    }

    public static int Write(EthMessage.Exchange exchange, in RlpWriter writer)
    {
        int list = writer.BeginList();
        writer.Write(exchange.RequestId);
        int code = WriteContent(exchange, writer);
        writer.EndList(list);
        return code;
    }

    private static int WriteContent(EthMessage.Exchange exchange, in RlpWriter writer)
    {
        switch (exchange)
        {
            case EthMessage.GetBlockHeaders query:
                WriteHeaderQuery(query, writer);
                return EthCodes.GetBlockHeaders;
            case EthMessage.BlockHeaders answer:
                WriteItems(answer.Headers, writer);
                return EthCodes.BlockHeaders;
            case EthMessage.GetBlockBodies query:
                EthPayload.WriteHashes([.. query.Hashes], writer);
                return EthCodes.GetBlockBodies;
            case EthMessage.BlockBodies answer:
                WriteItems(answer.Bodies, writer);
                return EthCodes.BlockBodies;
            case EthMessage.GetPooledTransactions query:
                EthPayload.WriteHashes([.. query.Hashes], writer);
                return EthCodes.GetPooledTransactions;
            case EthMessage.PooledTransactions answer:
                EthPayload.WriteBodies(answer.Bodies, writer);
                return EthCodes.PooledTransactions;
            case EthMessage.GetReceipts query:
                EthPayload.WriteHashes([.. query.Hashes], writer);
                return EthCodes.GetReceipts;
            case EthMessage.Receipts answer:
                WriteItems(answer.Blocks, writer);
                return EthCodes.Receipts;
            default:
                throw new UnreachableException();
        }
    }

    private static EthMessage.GetBlockHeaders ReadHeaderQuery(ulong id, ref RlpReader reader)
    {
        int outer = reader.EnterList();
        int at = reader.PositionBytes;
        var start = ReadStart(ref reader);
        ulong limit = reader.ReadUInt64();
        ulong skip = reader.ReadUInt64();
        ulong reverse = reader.ReadUInt64();
        if (reverse > 1)
        {
            reader.Fail(RlpError.IntegerTooWide, at);
        }

        reader.LeaveList(outer);
        return new EthMessage.GetBlockHeaders(id, start, limit, skip, reverse == 1 ? HeaderOrder.Falling : HeaderOrder.Rising);
    }

    /// <summary>The length alone distinguishes a hash from a number, so a copy of the reader looks ahead.</summary>
    private static BlockStart ReadStart(ref RlpReader reader)
    {
        var ahead = reader;
        return ahead.ReadString().Length >= Hash256.Size ? BlockStart.AtHash(reader.ReadHash()) : BlockStart.AtNumber(reader.ReadUInt64());
    }

    private static void WriteHeaderQuery(EthMessage.GetBlockHeaders query, in RlpWriter writer)
    {
        int list = writer.BeginList();
        if (query.Start.Hash is { } hash)
        {
            writer.Write(hash);
        }
        else
        {
            writer.Write(query.Start.Number);
        }

        writer.Write(query.Limit);
        writer.Write(query.Skip);
        writer.Write(query.Order == HeaderOrder.Falling ? 1UL : 0UL);
        writer.EndList(list);
    }

    private static List<ReadOnlyMemory<byte>> ReadItems(ReadOnlyMemory<byte> payload, ref RlpReader reader)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        int outer = reader.EnterList();
        while (reader.HasMore && EthPayload.CanTake(ref reader, items.Count, EthLimits.MaxItems))
        {
            int length = reader.ReadItem().Length;
            items.Add(payload.Slice(reader.PositionBytes - length, length));
        }

        reader.LeaveList(outer);
        return items;
    }

    private static void WriteItems(IReadOnlyList<ReadOnlyMemory<byte>> items, in RlpWriter writer)
    {
        int list = writer.BeginList();
        foreach (var item in items)
        {
            writer.WriteEncoded(item.Span);
        }

        writer.EndList(list);
    }
}
