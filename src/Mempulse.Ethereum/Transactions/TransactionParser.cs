using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Parses the structure of every transaction type into a view.</summary>
internal static class TransactionParser
{
    private const byte FirstListByte = 0xc0;
    private const byte FirstStringByte = 0x80;

    /// <summary>Parses <paramref name="raw"/>; the consensus form of a wrapped blob transaction is written to <paramref name="consensusForm"/>, which may be null where no wrapper is allowed.</summary>
    public static TxDecodeFailure Parse(ReadOnlySpan<byte> raw, TxForm form, ByteBuffer? consensusForm, ref TransactionView tx)
    {
        if (raw.IsEmpty)
        {
            return new TxDecodeFailure(TxDecodeError.Empty);
        }

        if (raw[0] >= FirstStringByte && raw[0] < FirstListByte)
        {
            return new TxDecodeFailure(TxDecodeError.MalformedRlp, RlpError.UnexpectedString, 0);
        }

        int typeBytes = raw[0] >= FirstListByte ? 0 : 1;
        tx.Type = (TxType)(typeBytes * raw[0]);
        if (typeBytes == 1 && tx.Type is < TxType.AccessList or > TxType.SetCode)
        {
            return new TxDecodeFailure(TxDecodeError.UnknownType);
        }

        tx.Raw = raw;
        var reader = new RlpReader(raw[typeBytes..]);
        int outer = reader.EnterList();
        bool isWrapped = tx.Type == TxType.Blob && reader.IsNextList;
        if (tx.Type == TxType.Blob && !Allows(form, isWrapped) && !reader.Failed)
        {
            return new TxDecodeFailure(TxDecodeError.BlobWrapper, reader.PositionBytes + typeBytes);
        }

        var failure = isWrapped ? ReadWrapper(ref reader, consensusForm!, ref tx) : ReadBody(ref reader, ref tx);
        reader.LeaveList(outer);
        reader.ExpectEnd();
        return reader.Failed
            ? new TxDecodeFailure(TxDecodeError.MalformedRlp, reader.Error, reader.ErrorOffsetBytes + typeBytes)
            : failure;
    }

    private static bool Allows(TxForm form, bool isWrapped) =>
        form == TxForm.Any || form == (isWrapped ? TxForm.Network : TxForm.Consensus);

    private static TxDecodeFailure ReadWrapper(scoped ref RlpReader reader, ByteBuffer consensusForm, ref TransactionView tx)
    {
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        var failure = ReadBody(ref reader, ref tx);
        reader.LeaveList(outer);
        consensusForm.Clear();
        consensusForm.Append([(byte)TxType.Blob]);
        consensusForm.Append(reader.Since(start));
        tx.Raw = consensusForm.WrittenSpan;

        int sidecarAt = reader.PositionBytes;
        var sidecarFailure = BlobSidecarParser.Read(ref reader, tx.EncodedBlobHashes, tx.BlobCount);
        tx.EncodedSidecar = reader.Since(sidecarAt);
        return failure.Error != TxDecodeError.None ? failure : sidecarFailure;
    }

    /// <summary>Reads the fields in the order that all types share, without those that the type does not have.</summary>
    private static TxDecodeFailure ReadBody(scoped ref RlpReader reader, ref TransactionView tx)
    {
        var type = tx.Type;
        int start = reader.PositionBytes;
        if (type >= TxType.AccessList)
        {
            tx.ChainId = new ChainId(reader.ReadUInt64());
        }

        tx.Nonce = new Nonce(reader.ReadUInt64());
        tx.MaxPriorityFeePerGas = new Wei(reader.ReadUInt256());
        tx.MaxFeePerGas = type >= TxType.DynamicFee ? new Wei(reader.ReadUInt256()) : tx.MaxPriorityFeePerGas;
        tx.GasLimit = new Gas(reader.ReadUInt64());
        tx.Recipient = reader.ReadOptionalAddress();
        tx.Value = new Wei(reader.ReadUInt256());
        tx.Input = reader.ReadString();
        if (type >= TxType.AccessList)
        {
            tx.EncodedAccessList = ReadAccessList(ref reader);
        }

        if (type == TxType.Blob)
        {
            tx.MaxFeePerBlobGas = new Wei(reader.ReadUInt256());
            tx.EncodedBlobHashes = ReadBlobHashes(ref reader, out int count);
            tx.BlobCount = count;
        }
        else if (type == TxType.SetCode)
        {
            tx.EncodedAuthorizations = ReadAuthorizations(ref reader, out int count);
            tx.AuthorizationCount = count;
        }

        tx.SignedFields = reader.Since(start);
        var failure = ReadSignature(ref reader, ref tx);
        return failure.Error != TxDecodeError.None ? failure : CheckBody(tx);
    }

    private static ReadOnlySpan<byte> ReadAccessList(scoped ref RlpReader reader)
    {
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            int entry = reader.EnterList();
            reader.ReadFixed(Address.Size);
            int keys = reader.EnterList();
            while (reader.HasMore)
            {
                reader.ReadFixed(Hash256.Size);
            }

            reader.LeaveList(keys);
            reader.LeaveList(entry);
        }

        reader.LeaveList(outer);
        return reader.Since(start);
    }

    private static ReadOnlySpan<byte> ReadBlobHashes(scoped ref RlpReader reader, out int count)
    {
        count = 0;
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            reader.ReadFixed(Hash256.Size);
            count++;
        }

        reader.LeaveList(outer);
        return reader.Since(start);
    }

    private static ReadOnlySpan<byte> ReadAuthorizations(scoped ref RlpReader reader, out int count)
    {
        count = 0;
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            SignedAuthorization.Read(ref reader);
            count++;
        }

        reader.LeaveList(outer);
        return reader.Since(start);
    }

    private static TxDecodeFailure ReadSignature(scoped ref RlpReader reader, ref TransactionView tx)
    {
        int start = reader.PositionBytes;
        ulong v = reader.ReadUInt64();
        var r = reader.ReadUInt256();
        var s = reader.ReadUInt256();
        bool isKnown = v <= 1;
        if (tx.Type == TxType.Legacy)
        {
            isKnown = v is Eip155.UnprotectedV or Eip155.UnprotectedV + 1 or >= Eip155.ProtectedV + 2; // 35 and 36 would mean chain id 0
            tx.ChainId = new ChainId(v >= Eip155.ProtectedV ? (v - Eip155.ProtectedV) / 2 : 0);
            v = (v & 1) ^ 1; // odd values (27, 35, 37, ...) mean parity 0
        }

        tx.Signature = new EcdsaSignature(r, s, (byte)(v & 1));
        var error = !isKnown ? TxDecodeError.InvalidV
            : !tx.Signature.IsInRange ? TxDecodeError.SignatureOutOfRange
            : TxDecodeError.None;
        return new TxDecodeFailure(error, start);
    }

    private static TxDecodeFailure CheckBody(in TransactionView tx)
    {
        var error = TxDecodeError.None;
        if (tx.Nonce.Value >= Eip2681.NonceLimit)
        {
            error = TxDecodeError.NonceTooHigh;
        }
        else if (tx.Type >= TxType.Blob && tx.Recipient is null)
        {
            error = TxDecodeError.MissingRecipient;
        }
        else if (tx.Type == TxType.Blob)
        {
            error = tx.BlobCount == 0 ? TxDecodeError.NoBlobs : BlobSidecarParser.CheckVersions(tx.EncodedBlobHashes);
        }
        else if (tx.Type == TxType.SetCode && tx.AuthorizationCount == 0)
        {
            error = TxDecodeError.NoAuthorizations;
        }

        return new TxDecodeFailure(error);
    }
}
