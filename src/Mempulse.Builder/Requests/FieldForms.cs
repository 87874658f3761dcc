using System.Diagnostics;
using System.Text.Json;
using Mempulse.Builder.Dialects;
using Mempulse.Ethereum.JsonRpc;

namespace Mempulse.Builder.Requests;

/// <summary>Writes a value in a form.</summary>
internal static class FieldForms
{
    private const string Prefix = "0x";

    public static void Write(Utf8JsonWriter writer, FieldForm form, FieldValue value)
    {
        switch (form)
        {
            case FieldForm.Number:
                writer.WriteNumberValue(value.Number);
                break;
            case FieldForm.Quantity:
                writer.WriteStringValue(RpcHex.Quantity(value.Number));
                break;
            case FieldForm.Text:
                writer.WriteStringValue(value.Text);
                break;
            case FieldForm.Hex:
                writer.WriteStringValue(Hex(value.Items[0], Prefix));
                break;
            case FieldForm.Digits:
                writer.WriteStringValue(Hex(value.Items[0], string.Empty));
                break;
            case FieldForm.HexList:
                WriteList(writer, value.Items, Prefix);
                break;
            case FieldForm.DigitsList:
                WriteList(writer, value.Items, string.Empty);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> items, string prefix)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            writer.WriteStringValue(Hex(item, prefix));
        }

        writer.WriteEndArray();
    }

    /// <summary>The digits of bytes.</summary>
    public static string Hex(ReadOnlyMemory<byte> bytes, string prefix) => prefix + Convert.ToHexStringLower(bytes.Span);
}
