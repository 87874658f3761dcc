using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Encodes signed transactions in consensus and network form.</summary>
/// <remarks>The inverse of <see cref="TransactionDecoder"/>: a decoded transaction encodes to the same bytes.</remarks>
public static class TransactionEncoder
{
    /// <summary>Appends the consensus form.</summary>
    /// <exception cref="ArgumentException">The type is unknown, or the chain id is too high for a legacy v.</exception>
    public static void Encode(SignedTransaction tx, ByteBuffer output)
    {
        WriteType(tx, output);
        WriteBody(tx, output);
    }

    /// <summary>Returns the consensus form as an array.</summary>
    /// <exception cref="ArgumentException">The type is unknown, or the chain id is too high for a legacy v.</exception>
    public static byte[] Encode(SignedTransaction tx)
    {
        var output = new ByteBuffer(256 + tx.Input.Length);
        Encode(tx, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Appends the network form of a blob transaction.</summary>
    /// <exception cref="ArgumentException">The transaction is not a blob transaction.</exception>
    public static void EncodeNetwork(SignedTransaction tx, BlobSidecar sidecar, ByteBuffer output)
    {
        if (tx.Type != TxType.Blob)
        {
            throw new ArgumentException($"Cannot encode a {tx.Type} transaction in network form: only blob transactions have one.", nameof(tx));
        }

        WriteType(tx, output);
        var writer = new RlpWriter(output);
        int start = writer.BeginList();
        WriteBody(tx, output);
        sidecar.Write(writer);
        writer.EndList(start);
    }

    private static void WriteType(SignedTransaction tx, ByteBuffer output)
    {
        if (tx.Type is < TxType.Legacy or > TxType.SetCode)
        {
            throw new ArgumentException($"'{tx.Type}' is not a valid transaction type: expected {TxType.Legacy} to {TxType.SetCode}.", nameof(tx));
        }

        if (tx.Type != TxType.Legacy)
        {
            output.Append([(byte)tx.Type]);
        }
    }

    private static void WriteBody(SignedTransaction tx, ByteBuffer output)
    {
        var writer = new RlpWriter(output);
        int start = writer.BeginList();
        WriteFields(tx, writer);
        writer.Write(ToV(tx));
        writer.Write(tx.Signature.R);
        writer.Write(tx.Signature.S);
        writer.EndList(start);
    }

    private static void WriteFields(SignedTransaction tx, RlpWriter writer)
    {
        if (tx.Type >= TxType.AccessList)
        {
            writer.Write(tx.ChainId.Value);
        }

        writer.Write(tx.Nonce.Value);
        if (tx.Type >= TxType.DynamicFee)
        {
            writer.Write(tx.MaxPriorityFeePerGas.Value);
        }

        writer.Write(tx.MaxFeePerGas.Value);
        writer.Write(tx.GasLimit.Value);
        writer.Write(tx.Recipient);
        writer.Write(tx.Value.Value);
        writer.Write(tx.Input.Span);
        if (tx.Type >= TxType.AccessList)
        {
            WriteAccessList(tx.AccessList, writer);
        }

        if (tx.Type == TxType.Blob)
        {
            writer.Write(tx.MaxFeePerBlobGas.Value);
            WriteHashes(tx.BlobHashes, writer);
        }
        else if (tx.Type == TxType.SetCode)
        {
            WriteAuthorizations(tx.Authorizations, writer);
        }
    }

    private static void WriteAccessList(IReadOnlyList<AccessListEntry> entries, RlpWriter writer)
    {
        int start = writer.BeginList();
        foreach (var entry in entries)
        {
            int entryStart = writer.BeginList();
            writer.Write(entry.Account);
            WriteHashes(entry.StorageKeys, writer);
            writer.EndList(entryStart);
        }

        writer.EndList(start);
    }

    private static void WriteHashes(IReadOnlyList<Hash256> hashes, RlpWriter writer)
    {
        int start = writer.BeginList();
        foreach (var hash in hashes)
        {
            writer.Write(hash);
        }

        writer.EndList(start);
    }

    private static void WriteAuthorizations(IReadOnlyList<SignedAuthorization> tuples, RlpWriter writer)
    {
        int start = writer.BeginList();
        foreach (var tuple in tuples)
        {
            int tupleStart = writer.BeginList();
            writer.Write(tuple.ChainId);
            writer.Write(tuple.Delegate);
            writer.Write(tuple.Nonce.Value);
            writer.Write((ulong)tuple.Signature.YParity);
            writer.Write(tuple.Signature.R);
            writer.Write(tuple.Signature.S);
            writer.EndList(tupleStart);
        }

        writer.EndList(start);
    }

    private static ulong ToV(SignedTransaction tx)
    {
        if (tx.Type != TxType.Legacy)
        {
            return tx.Signature.YParity;
        }

        ulong chain = tx.ChainId.Value;
        if (chain > Eip155.MaxChainId)
        {
            throw new ArgumentException($"'{chain}' is not a valid chain id of a legacy transaction: expected at most {Eip155.MaxChainId}.", nameof(tx));
        }

        return tx.Signature.YParity + (chain == 0 ? Eip155.UnprotectedV : Eip155.ProtectedV + (2 * chain));
    }
}
