using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>The payload of <see cref="LogEvent.TxDecoded"/>: one encoder for owned transactions and decoder views.</summary>
/// <remarks>Keys in docs/formats/events.md; a golden file pins the bytes.</remarks>
public static class NormalizedTxCodec
{
    private const int FieldCount = 14;
    private const int AuthorizationFieldCount = 4;

    /// <summary>Writes the payload.</summary>
    public static void Write<TTx>(MessagePackWriter writer, scoped in TTx tx)
        where TTx : INormalizedTx, allows ref struct
    {
        writer.WriteArrayHeader(FieldCount);
        writer.Write((ulong)tx.Type);
        writer.Write(tx.ChainId.Value);
        writer.Write(tx.Nonce.Value);
        writer.Write(tx.GasLimit.Value);
        if (tx.Recipient is { } recipient)
        {
            writer.Write(recipient);
        }
        else
        {
            writer.WriteNil();
        }

        writer.Write(tx.Value.Value);
        writer.Write(tx.MaxFeePerGas.Value);
        writer.Write(tx.MaxPriorityFeePerGas.Value);
        writer.Write(tx.MaxFeePerBlobGas.Value);
        writer.Write((ulong)tx.BlobCount);
        writer.Write((ulong)tx.InputLength);
        if (tx.Selector is { } selector)
        {
            writer.Write(selector);
        }
        else
        {
            writer.WriteNil();
        }

        WriteAuthorizations(writer, tx.Authorizations);
        writer.Write(tx.Raw);
    }

    /// <summary>Reads the payload into an owned transaction.</summary>
    /// <exception cref="EventDecodeException">The payload is malformed.</exception>
    public static NormalizedTx Read(ref MessagePackReader reader) => NormalizedTxView.Read(ref reader).ToOwned();

    internal static void WriteAuthorizations(MessagePackWriter writer, ReadOnlySpan<Authorization> authorizations)
    {
        writer.WriteArrayHeader(authorizations.Length);
        foreach (var authorization in authorizations)
        {
            writer.WriteArrayHeader(AuthorizationFieldCount);
            writer.Write(authorization.ChainId.Value);
            writer.Write(authorization.Authority);
            writer.Write(authorization.Delegate);
            writer.Write(authorization.Nonce.Value);
        }
    }

    internal static Authorization[] ReadAuthorizations(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        var authorizations = count == 0 ? [] : new Authorization[count];
        for (int i = 0; i < count; i++)
        {
            authorizations[i] = ReadAuthorization(ref reader);
        }

        return authorizations;
    }

    /// <summary>Reads the tuples without keeping them, and returns their number.</summary>
    internal static int CheckAuthorizations(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        for (int i = 0; i < count; i++)
        {
            ReadAuthorization(ref reader);
        }

        return count;
    }

    private static Authorization ReadAuthorization(ref MessagePackReader reader)
    {
        var fields = new FieldReader(ref reader);
        var read = new Authorization(
            new ChainId(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
            fields.Next(ref reader) ? reader.ReadAddress() : default,
            fields.Next(ref reader) ? reader.ReadAddress() : default,
            new Nonce(fields.Next(ref reader) ? reader.ReadUInt64() : 0));
        fields.SkipRest(ref reader);
        return read;
    }
}
