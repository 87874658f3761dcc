using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Blocks;

/// <summary>The body of a block: everything but its header.</summary>
/// <param name="Transactions">Transactions in consensus form (EIP-2718), not yet decoded.</param>
/// <param name="Ommers">Headers of uncles; empty since the merge.</param>
/// <param name="Withdrawals">EIP-4895; null before Shanghai.</param>
public sealed record BlockBody(
    IReadOnlyList<ReadOnlyMemory<byte>> Transactions,
    IReadOnlyList<BlockHeader> Ommers,
    IReadOnlyList<Withdrawal>? Withdrawals)
{
    private const byte FirstStringByte = 0x80;
    private const byte FirstListByte = 0xc0;

    /// <summary>Decodes a body that fills <paramref name="encoded"/>: a list of transactions, uncles and, from Shanghai on, withdrawals.</summary>
    /// <returns>False, with the error and its offset, if the encoding is not canonical.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out BlockBody? body, out RlpFailure failure)
    {
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        body = Read(ref reader);
        reader.LeaveList(outer);
        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        if (reader.Failed)
        {
            body = null;
        }

        return body is not null;
    }

    /// <summary>Reads the fields of a body from the list that the reader has entered, such as a block's after its header.</summary>
    public static BlockBody Read(scoped ref RlpReader reader) => new(
        ReadTransactions(ref reader),
        ReadOmmers(ref reader),
        reader.HasMore ? ReadWithdrawals(ref reader) : null);

    /// <summary>Appends the body as a separate list.</summary>
    public void Encode(ByteBuffer output)
    {
        var writer = new RlpWriter(output);
        int start = writer.BeginList();
        Write(writer);
        writer.EndList(start);
    }

    /// <summary>Appends the body's fields without a list around them.</summary>
    public void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        foreach (var transaction in Transactions)
        {
            WriteTransaction(writer, transaction.Span);
        }

        writer.EndList(start);
        WriteOmmers(writer);
        if (Withdrawals is not null)
        {
            start = writer.BeginList();
            foreach (var withdrawal in Withdrawals)
            {
                withdrawal.Write(writer);
            }

            writer.EndList(start);
        }
    }

    private void WriteOmmers(RlpWriter writer)
    {
        int start = writer.BeginList();
        foreach (var ommer in Ommers)
        {
            HeaderCodec.Write(ommer, writer);
        }

        writer.EndList(start);
    }

    /// <summary>Writes a legacy transaction, which is a list, as it is, and a typed one inside a string (EIP-2718, EIP-2976).</summary>
    private static void WriteTransaction(RlpWriter writer, ReadOnlySpan<byte> transaction)
    {
        if (!transaction.IsEmpty && transaction[0] >= FirstListByte)
        {
            writer.WriteEncoded(transaction);
        }
        else
        {
            writer.Write(transaction);
        }
    }

    private static List<ReadOnlyMemory<byte>> ReadTransactions(scoped ref RlpReader reader)
    {
        var transactions = new List<ReadOnlyMemory<byte>>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            transactions.Add(ReadTransaction(ref reader).ToArray());
        }

        reader.LeaveList(outer);
        return transactions;
    }

    /// <summary>Reads a legacy transaction, which is a list, or a typed one, which is in a string and starts with a byte below 0x80.</summary>
    private static ReadOnlySpan<byte> ReadTransaction(scoped ref RlpReader reader)
    {
        if (reader.IsNextList)
        {
            return reader.ReadItem();
        }

        int start = reader.PositionBytes;
        var typed = reader.ReadString();
        if (typed.IsEmpty || typed[0] >= FirstStringByte)
        {
            reader.Fail(RlpError.UnexpectedString, start);
        }

        return typed;
    }

    private static List<BlockHeader> ReadOmmers(scoped ref RlpReader reader)
    {
        var ommers = new List<BlockHeader>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            ommers.Add(HeaderCodec.Read(ref reader));
        }

        reader.LeaveList(outer);
        return ommers;
    }

    private static List<Withdrawal> ReadWithdrawals(scoped ref RlpReader reader)
    {
        var withdrawals = new List<Withdrawal>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            withdrawals.Add(Withdrawal.Read(ref reader));
        }

        reader.LeaveList(outer);
        return withdrawals;
    }
}
