using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Blocks;

/// <summary>Encodes and decodes block headers as RLP. Yellow Paper, section 4.4.3, and the EIPs named at the fields.</summary>
public static class HeaderCodec
{
    /// <summary>Largest extra data accepted, in bytes, inclusive: more than Clique's, which holds a list of signers.</summary>
    public const int MaxExtraDataBytes = 1 << 16;

    /// <summary>Appends the header's encoding.</summary>
    public static void Encode(BlockHeader header, ByteBuffer output) => Write(header, new RlpWriter(output));

    /// <summary>Appends the header as an item of the list that the writer has begun.</summary>
    public static void Write(BlockHeader header, RlpWriter writer)
    {
        int start = writer.BeginList();
        WriteFields(header, writer);
        writer.EndList(start);
    }

    private static void WriteFields(BlockHeader header, RlpWriter writer)
    {
        writer.Write(header.ParentHash);
        writer.Write(header.OmmersHash);
        writer.Write(header.FeeRecipient);
        writer.Write(header.StateRoot);
        writer.Write(header.TransactionsRoot);
        writer.Write(header.ReceiptsRoot);
        writer.Write(header.LogsBloom.Span);
        writer.Write(header.Difficulty);
        writer.Write(header.Number.Value);
        writer.Write(header.GasLimit.Value);
        writer.Write(header.GasUsed.Value);
        writer.Write(header.TimestampSeconds);
        writer.Write(header.ExtraData.Span);
        writer.Write(header.MixHash);
        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, header.PowNonce);
        writer.Write(nonce);
        WriteOptional(header, writer);
    }

    /// <summary>Decodes a header that fills <paramref name="encoded"/>.</summary>
    /// <returns>False, with the error and its offset, if the encoding is not canonical.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out BlockHeader? header, out RlpFailure failure)
    {
        var reader = new RlpReader(encoded);
        header = Read(ref reader);
        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        if (reader.Failed)
        {
            header = null;
        }

        return header is not null;
    }

    /// <summary>Decodes a header of this fork or of a later one, whose further fields are skipped.</summary>
    /// <returns>False if the fields that are known here are not canonical.</returns>
    public static bool TryDecodeLater(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out BlockHeader? header)
    {
        var reader = new RlpReader(encoded);
        header = Read(ref reader, skipsRest: true);
        reader.ExpectEnd();
        header = reader.Failed ? null : header;
        return header is not null;
    }

    /// <summary>Computes the hash of a header of a later fork: the known fields, then these items as they are.</summary>
    public static Hash256 HashWith(BlockHeader header, IReadOnlyList<ReadOnlyMemory<byte>> further)
    {
        var output = new ByteBuffer(1024);
        var writer = new RlpWriter(output);
        int start = writer.BeginList();
        WriteFields(header, writer);
        foreach (var item in further)
        {
            writer.Write(item.Span);
        }

        writer.EndList(start);
        return Hashing.Keccak256.Hash(output.WrittenSpan);
    }

    /// <summary>Reads the header that must come next; after a failure the remaining fields are defaults.</summary>
    public static BlockHeader Read(scoped ref RlpReader reader) => Read(ref reader, skipsRest: false);

    private static BlockHeader Read(scoped ref RlpReader reader, bool skipsRest)
    {
        int outer = reader.EnterList();
        var header = new BlockHeader
        {
            ParentHash = reader.ReadHash(),
            OmmersHash = reader.ReadHash(),
            FeeRecipient = reader.ReadAddress(),
            StateRoot = reader.ReadHash(),
            TransactionsRoot = reader.ReadHash(),
            ReceiptsRoot = reader.ReadHash(),
            LogsBloom = reader.ReadFixed(BlockHeader.BloomBytes).ToArray(),
            Difficulty = reader.ReadUInt256(),
            Number = new BlockNumber(reader.ReadUInt64()),
            GasLimit = new Gas(reader.ReadUInt64()),
            GasUsed = new Gas(reader.ReadUInt64()),
            TimestampSeconds = reader.ReadUInt64(),
            ExtraData = ReadExtraData(ref reader),
            MixHash = reader.ReadHash(),
            PowNonce = ReadPowNonce(ref reader),
        };
        header = ReadOptional(header, ref reader);
        while (skipsRest && reader.HasMore)
        {
            reader.ReadItem();
        }

        reader.LeaveList(outer);
        return header;
    }

    /// <summary>Reads the fields that later forks added; the fields of a fork are all present or all absent.</summary>
    private static BlockHeader ReadOptional(BlockHeader header, scoped ref RlpReader reader)
    {
        if (reader.HasMore)
        {
            header = header with { BaseFeePerGas = new Wei(reader.ReadUInt256()) };
        }

        if (reader.HasMore)
        {
            header = header with { WithdrawalsRoot = reader.ReadHash() };
        }

        if (reader.HasMore)
        {
            header = header with
            {
                BlobGasUsed = new Gas(reader.ReadUInt64()),
                ExcessBlobGas = new Gas(reader.ReadUInt64()),
                ParentBeaconBlockRoot = reader.ReadHash(),
            };
        }

        return reader.HasMore ? header with { RequestsHash = reader.ReadHash() } : header;
    }

    private static void WriteOptional(BlockHeader header, RlpWriter writer)
    {
        if (header.BaseFeePerGas is not { } baseFee)
        {
            return;
        }

        writer.Write(baseFee.Value);
        if (header.WithdrawalsRoot is not { } withdrawalsRoot)
        {
            return;
        }

        writer.Write(withdrawalsRoot);
        if (header.BlobGasUsed is not { } blobGasUsed || header.ExcessBlobGas is not { } excessBlobGas
            || header.ParentBeaconBlockRoot is not { } parentBeaconBlockRoot)
        {
            return;
        }

        writer.Write(blobGasUsed.Value);
        writer.Write(excessBlobGas.Value);
        writer.Write(parentBeaconBlockRoot);
        if (header.RequestsHash is { } requestsHash)
        {
            writer.Write(requestsHash);
        }
    }

    private static ReadOnlyMemory<byte> ReadExtraData(scoped ref RlpReader reader)
    {
        int start = reader.PositionBytes;
        var extraData = reader.ReadString();
        if (extraData.Length > MaxExtraDataBytes)
        {
            reader.Fail(RlpError.WrongLength, start);
        }

        return extraData.ToArray();
    }

    private static ulong ReadPowNonce(scoped ref RlpReader reader)
    {
        var bytes = reader.ReadFixed(sizeof(ulong));
        return reader.Failed ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
