using System.Text.Json;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Json;

/// <summary>The one JSON text of decode trees, for the API and the command line.</summary>
/// <remarks>
/// Names are camelCase, and so are the names of enums; 256-bit numbers are decimal strings; bytes and accounts are hex with 0x. Members that have no value are omitted.
/// An argument without a name is called by its place, from 0.
/// </remarks>
public static class DecodeJson
{
    /// <summary>Elements of an array that are written; the rest is counted.</summary>
    public const int MaxElements = 256;

    /// <summary>Writes a tree as one object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="trades">Its trades.</param>
    /// <param name="calldata">The calldata that was decoded.</param>
    /// <param name="trust">Which amounts are certain.</param>
    public static void Write(Utf8JsonWriter json, DecodeTree tree, IReadOnlyList<Trade> trades, ReadOnlySpan<byte> calldata, DecodeTrust trust)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(trust);
        json.WriteStartObject();
        json.WritePropertyName("call");
        WriteNode(json, tree, 0, calldata, trust);
        json.WriteStartArray("trades");
        foreach (var trade in trades)
        {
            WriteTrade(json, trust.Of(tree, trade), trust.IsDrifting(tree, trade.Node));
        }

        json.WriteEndArray();
        json.WriteStartArray("effects");
        foreach (var effect in tree.Effects)
        {
            WriteEffect(json, trust.Of(tree, effect));
        }

        json.WriteEndArray();
        json.WriteBoolean("isCut", tree.IsCut);
        json.WriteEndObject();
    }

    /// <summary>Writes a node and what is inside it.</summary>
    /// <returns>The index of the next node.</returns>
    private static int WriteNode(Utf8JsonWriter json, DecodeTree tree, int index, ReadOnlySpan<byte> calldata, DecodeTrust trust)
    {
        var nodes = tree.Nodes;
        var node = nodes[index];
        json.WriteStartObject();
        json.WriteNumber("node", index);
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(node.Kind.ToString()));
        json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(node.Status.ToString()));
        if (node.Failure != DecodeFailure.None)
        {
            json.WriteString("reason", JsonNamingPolicy.CamelCase.ConvertName(node.Failure.ToString()));
        }

        WriteWhat(json, node);
        WriteDrifting(json, trust.IsDrifting(tree, index));
        if (DecodeTree.TryOpen(node, calldata, out var arguments))
        {
            json.WritePropertyName("arguments");
            WriteValue(json, arguments);
        }

        int next = index + 1;
        if (next < nodes.Length && nodes[next].Parent == index)
        {
            json.WriteStartArray("calls");
            while (next < nodes.Length && nodes[next].Parent == index)
            {
                next = WriteNode(json, tree, next, calldata, trust);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        return next;
    }

    private static void WriteWhat(Utf8JsonWriter json, in CallNode node)
    {
        if (node.Kind == NodeKind.Command)
        {
            json.WriteString("command", HexText.Write([node.Command]));
        }
        else if (node.Kind != NodeKind.Creation)
        {
            json.WriteString("target", node.Target.ToString());
            json.WriteString("value", node.Value.ToString());
        }

        if (node.Delegate is { } code)
        {
            json.WriteStartObject("code");
            json.WriteString("account", code.Code.ToString());
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(code.Kind.ToString()));
            json.WriteEndObject();
        }

        if (node.Contract is { } contract)
        {
            json.WriteString("contract", contract.Name);
            json.WriteString("protocol", contract.Protocol);
        }

        if (node.Function is { } function)
        {
            json.WriteString("function", function.Function.Name);
            json.WriteString("signature", function.Function.Signature);
            json.WriteString("layout", function.Layout);
            json.WriteString("category", JsonNamingPolicy.CamelCase.ConvertName(function.Category.ToString()));
        }
    }

    private static void WriteDrifting(Utf8JsonWriter json, bool isDrifting)
    {
        if (isDrifting)
        {
            json.WriteBoolean("drifting", true);
        }
    }

    private static void WriteTrade(Utf8JsonWriter json, in Trade trade, bool isDrifting)
    {
        json.WriteStartObject();
        json.WriteNumber("node", trade.Node);
        WriteDrifting(json, isDrifting);
        WriteAddress(json, "tokenIn", trade.TokenIn);
        WriteAmount(json, "amountIn", trade.AmountIn);
        WriteAddress(json, "tokenOut", trade.TokenOut);
        WriteAmount(json, "amountOut", trade.AmountOut);
        WriteAddress(json, "recipient", trade.Recipient);
        WriteNumber(json, "deadline", trade.Deadline);
        json.WriteEndObject();
    }

    private static void WriteEffect(Utf8JsonWriter json, in Effect effect)
    {
        json.WriteStartObject();
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(effect.Kind.ToString()));
        json.WriteNumber("node", effect.Node);
        WriteAddress(json, "tokenIn", effect.TokenIn);
        WriteAmount(json, "amountIn", effect.AmountIn);
        WriteAddress(json, "tokenOut", effect.TokenOut);
        WriteAmount(json, "amountOut", effect.AmountOut);
        WriteAddress(json, "counterparty", effect.Counterparty);
        WriteNumber(json, "deadline", effect.Deadline);
        json.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter json, string name, Address? address)
    {
        if (address is { } value)
        {
            json.WriteString(name, value.ToString());
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, UInt256? number)
    {
        if (number is { } value)
        {
            json.WriteString(name, value.ToString());
        }
    }

    private static void WriteAmount(Utf8JsonWriter json, string name, in Amount amount)
    {
        if (amount.Meaning == AmountMeaning.NotStated)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("meaning", JsonNamingPolicy.CamelCase.ConvertName(amount.Meaning.ToString()));
        json.WriteString("value", amount.Value.ToString());
        if (amount.Sentinel != AmountSentinels.None)
        {
            json.WriteString("sentinel", JsonNamingPolicy.CamelCase.ConvertName(amount.Sentinel.ToString()));
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, in AbiValue value)
    {
        switch (value.Type.Kind)
        {
            case AbiKind.Tuple:
                json.WriteStartObject();
                for (int i = 0; i < value.Type.Members.Count; i++)
                {
                    string name = value.Type.Members[i].Name;
                    json.WritePropertyName(name.Length > 0 ? name : i.ToString(System.Globalization.NumberFormatInfo.InvariantInfo));
                    WritePart(json, value.ReadMember(i, out var member), member);
                }

                json.WriteEndObject();
                break;
            case AbiKind.Array:
                WriteArray(json, value);
                break;
            case AbiKind.Bytes or AbiKind.Text:
                json.WriteStringValue(value.ReadBytes(out var content, out _) == AbiFault.None
                    ? value.Type.Kind == AbiKind.Text ? System.Text.Encoding.UTF8.GetString(content) : HexText.Write(content)
                    : null);
                break;
            case AbiKind.Bool:
                json.WriteBooleanValue(!value.ToUInt256().IsZero);
                break;
            case AbiKind.Address:
                json.WriteStringValue(value.ToAddress().ToString());
                break;
            case AbiKind.FixedBytes:
                json.WriteStringValue(HexText.Write(value.Word[..value.Type.Width]));
                break;
            default:
                json.WriteStringValue(NumberText(value));
                break;
        }
    }

    private static void WriteArray(Utf8JsonWriter json, in AbiValue value)
    {
        json.WriteStartArray();
        if (value.ReadCount(out int count) == AbiFault.None)
        {
            for (int i = 0; i < Math.Min(count, MaxElements); i++)
            {
                WritePart(json, value.ReadElement(i, out var element), element);
            }

            if (count > MaxElements)
            {
                json.WriteStringValue($"{count - MaxElements} more");
            }
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, AbiFault fault, in AbiValue part)
    {
        if (fault == AbiFault.None)
        {
            WriteValue(json, part);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static string NumberText(in AbiValue value)
    {
        var number = value.ToUInt256();
        if (value.Type.Kind != AbiKind.SignedInteger || !number.IsNegative)
        {
            return number.ToString();
        }

        UInt256.NegateWrapping(number, out var magnitude);
        return $"-{magnitude}";
    }
}
