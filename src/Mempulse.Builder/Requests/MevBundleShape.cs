using System.Text.Json;
using Mempulse.Builder.Bundles;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;

namespace Mempulse.Builder.Requests;

/// <summary>Writes the nested object of <c>mev_sendBundle</c>, version v0.1.</summary>
/// <remarks>flashbots-docs, "mev_sendBundle". Names are those of the version, so a description only says which meanings a builder accepts.</remarks>
internal static class MevBundleShape
{
    private const int WholeRefund = 100;

    public static void Write(Utf8JsonWriter writer, RelayCommand.SendMev send)
    {
        writer.WriteStartObject();
        writer.WriteString("version"u8, "v0.1"u8);
        writer.WriteStartObject("inclusion"u8);
        writer.WriteString("block"u8, RpcHex.Quantity(send.Bundle.Target.Value));
        if (send.MaxBlock is { } last)
        {
            writer.WriteString("maxBlock"u8, RpcHex.Quantity(last.Value));
        }

        writer.WriteEndObject();
        WriteTransactions(writer, send.Bundle);
        if (send.Bundle.Refund is { } refund)
        {
            WriteRefund(writer, send.Bundle, refund);
        }

        writer.WriteEndObject();
    }

    private static void WriteTransactions(Utf8JsonWriter writer, RelayBundle bundle)
    {
        writer.WriteStartArray("body"u8);
        foreach (var transaction in bundle.Transactions)
        {
            writer.WriteStartObject();
            writer.WriteString("tx"u8, FieldForms.Hex(transaction.Raw, "0x"));
            writer.WriteBoolean("canRevert"u8, bundle.Reverting.Contains(transaction.Hash));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRefund(Utf8JsonWriter writer, RelayBundle bundle, BundleRefund refund)
    {
        writer.WriteStartObject("validity"u8);
        writer.WriteStartArray("refund"u8);
        writer.WriteStartObject();
        writer.WriteNumber("bodyIdx"u8, IndexOf(bundle, refund));
        writer.WriteNumber("percent"u8, refund.Percent);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (refund.Recipient is { } recipient)
        {
            WriteRecipient(writer, recipient);
        }

        writer.WriteEndObject();
    }

    private static void WriteRecipient(Utf8JsonWriter writer, Address recipient)
    {
        writer.WriteStartArray("refundConfig"u8);
        writer.WriteStartObject();
        writer.WriteString("address"u8, recipient.ToString());
        writer.WriteNumber("percent"u8, WholeRefund);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>The place of the transaction whose payment counts: the named one, otherwise the last.</summary>
    private static int IndexOf(RelayBundle bundle, BundleRefund refund)
    {
        for (int i = 0; i < bundle.Transactions.Count; i++)
        {
            if (refund.Hashes.Contains(bundle.Transactions[i].Hash))
            {
                return i;
            }
        }

        return bundle.Transactions.Count - 1;
    }
}
