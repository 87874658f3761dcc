using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>Payloads of announcements and broadcasts. The result is meaningless once the reader has failed.</summary>
internal static class EthPayload
{
    private const int EncodedHashBytes = 1 + Hash256.Size;
    private const byte FirstTypedByte = 0x80;

    public static EthMessage.NewBlockHashes ReadNewBlockHashes(ref RlpReader reader)
    {
        var blocks = new List<BlockAnnouncement>();
        int outer = reader.EnterList();
        while (reader.HasMore && CanTake(ref reader, blocks.Count, EthLimits.MaxRequestedHashes))
        {
            int inner = reader.EnterList();
            blocks.Add(new BlockAnnouncement(reader.ReadHash(), reader.ReadUInt64()));
            reader.LeaveList(inner);
        }

        reader.LeaveList(outer);
        return new EthMessage.NewBlockHashes(blocks);
    }

    /// <summary>A list of transactions: a typed one is an RLP string around its bytes, a legacy one is an RLP list (EIP-2718).</summary>
    public static List<ReadOnlyMemory<byte>> ReadBodies(ReadOnlyMemory<byte> payload, ref RlpReader reader)
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        int outer = reader.EnterList();
        while (reader.HasMore && CanTake(ref reader, bodies.Count, EthLimits.MaxItems))
        {
            int length = reader.IsNextList ? reader.ReadItem().Length : reader.ReadString().Length;
            if (length == 0)
            {
                reader.Fail(RlpError.WrongLength, reader.PositionBytes);
            }

            bodies.Add(payload.Slice(reader.PositionBytes - length, length));
        }

        reader.LeaveList(outer);
        return bodies;
    }

    public static void WriteBodies(IReadOnlyList<ReadOnlyMemory<byte>> bodies, in RlpWriter writer)
    {
        int list = writer.BeginList();
        foreach (var body in bodies)
        {
            if (body.Span[0] < FirstTypedByte)
            {
                writer.Write(body.Span);
            }
            else
            {
                writer.WriteEncoded(body.Span);
            }
        }

        writer.EndList(list);
    }

    public static EthMessage.NewBlock ReadNewBlock(ReadOnlyMemory<byte> payload, ref RlpReader reader)
    {
        int outer = reader.EnterList();
        int inner = reader.EnterList();
        reader.ReadItem(); // header
        reader.ReadItem(); // transactions
        reader.ReadItem(); // uncles
        if (reader.HasMore)
        {
            reader.ReadItem(); // withdrawals
        }

        reader.LeaveList(inner);
        reader.ReadUInt256(); // total difficulty
        reader.LeaveList(outer);
        return new EthMessage.NewBlock(payload);
    }

    /// <summary>EIP-5793: types as one byte string, sizes and hashes as lists, all of the same length.</summary>
    public static EthMessage.NewPooledTransactionHashes ReadAnnouncement(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        int start = reader.PositionBytes;
        var types = reader.ReadString();
        if (types.Length > EthLimits.MaxAnnouncedTransactions)
        {
            reader.Fail(RlpError.WrongLength, start);
            types = default;
        }

        uint[] sizes = new uint[types.Length];
        Hash256[] hashes = new Hash256[types.Length];
        int inner = reader.EnterList();
        for (int i = 0; i < sizes.Length && !reader.Failed; i++)
        {
            sizes[i] = (uint)Math.Min(uint.MaxValue, reader.ReadUInt64());
        }

        reader.LeaveList(inner);
        inner = reader.EnterList();
        for (int i = 0; i < hashes.Length && !reader.Failed; i++)
        {
            hashes[i] = reader.ReadHash();
        }

        reader.LeaveList(inner);
        reader.LeaveList(outer);
        return new EthMessage.NewPooledTransactionHashes(types.ToArray(), sizes, hashes);
    }

    public static void Write(EthMessage.NewPooledTransactionHashes announcement, in RlpWriter writer)
    {
        int list = writer.BeginList();
        writer.Write(announcement.Types.Span);
        int sizes = writer.BeginList();
        foreach (uint size in announcement.SizesBytes.Span)
        {
            writer.Write((ulong)size);
        }

        writer.EndList(sizes);
        WriteHashes(announcement.Hashes.Span, writer);
        writer.EndList(list);
    }

    public static void Write(EthMessage.NewBlockHashes blocks, in RlpWriter writer)
    {
        int list = writer.BeginList();
        foreach (var block in blocks.Blocks)
        {
            int entry = writer.BeginList();
            writer.Write(block.Hash);
            writer.Write(block.Number);
            writer.EndList(entry);
        }

        writer.EndList(list);
    }

    public static Hash256[] ReadHashes(ref RlpReader reader)
    {
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        var hashes = new List<Hash256>();
        while (reader.HasMore && CanTake(ref reader, hashes.Count, EthLimits.MaxRequestedHashes))
        {
            hashes.Add(reader.ReadHash());
        }

        reader.LeaveList(outer);
        return reader.Failed || reader.PositionBytes - start < hashes.Count * EncodedHashBytes ? [] : [.. hashes];
    }

    public static void WriteHashes(ReadOnlySpan<Hash256> hashes, in RlpWriter writer)
    {
        int list = writer.BeginList();
        foreach (var hash in hashes)
        {
            writer.Write(hash);
        }

        writer.EndList(list);
    }

    /// <summary>True while the list is below its limit; otherwise fails the reader.</summary>
    public static bool CanTake(ref RlpReader reader, int taken, int limit)
    {
        if (taken < limit)
        {
            return true;
        }

        reader.Fail(RlpError.WrongLength, reader.PositionBytes);
        return false;
    }
}
