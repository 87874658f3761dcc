using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Signed transactions to bytes, in consensus and network form.</summary>
/// <remarks>The inverse of <see cref="TransactionDecoder"/>: what it decoded encodes to the same bytes.</remarks>
public static class TransactionEncoder
{
    /// <summary>Appends the consensus form.</summary>
    /// <exception cref="ArgumentException">An unknown type, or a chain id that no legacy v can carry.</exception>
    public static void Encode(SignedTransaction tx, ByteBuffer output)
    {
        WriteType(tx, output);
        WriteBody(tx, output);
    }

    /// <summary>The consensus form as an array.</summary>
    /// <exception cref="ArgumentException">An unknown type, or a chain id that no legacy v can carry.</exception>
    public static byte[] Encode(SignedTransaction tx)
    {
        var output = new ByteBuffer(256 + tx.Input.Length);
        Encode(tx, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Appends the network form of a blob transaction.</summary>
    /// <exception cref="ArgumentException">Another type.</exception>
    public static void EncodeNetwork(SignedTransaction tx, BlobSidecar sidecar, ByteBuffer output)
    {
        if (tx.Type != TxType.Blob)
        {
            throw new ArgumentException($"Only blob transactions are wrapped, not {tx.Type}.", nameof(tx));
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
            throw new ArgumentException($"The transaction type {tx.Type} is not known.", nameof(tx));
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
            throw new ArgumentException($"The chain id {chain} is too high for the v of a legacy transaction.", nameof(tx));
        }

        return tx.Signature.YParity + (chain == 0 ? Eip155.UnprotectedV : Eip155.ProtectedV + (2 * chain));
    }
}
