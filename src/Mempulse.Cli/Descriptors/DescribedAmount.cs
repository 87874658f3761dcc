using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;

namespace Mempulse.Cli.Descriptors;

/// <summary>An amount that a descriptor names.</summary>
/// <param name="Each">The array that has an amount in each element; null for none.</param>
/// <param name="Path">The amount.</param>
/// <param name="Token">The token: a path or an address; null if the descriptor does not name it.</param>
/// <param name="Bound">"minimum" or "maximum" if the label says so; null if it does not.</param>
/// <param name="HasMaximum">True if the largest number stands for everything.</param>
/// <param name="HasHighBit">True if 2^255 stands for everything.</param>
internal sealed record DescribedAmount(string? Each, string Path, string? Token, string? Bound, bool HasMaximum, bool HasHighBit)
{
    private const string Ether = "0x0000000000000000000000000000000000000000";

    /// <summary>Reads a field of the format "tokenAmount" or "amount".</summary>
    /// <exception cref="FormatException">A path cannot be expressed.</exception>
    public static DescribedAmount Read(DescriptorField field, AbiType arguments, JsonObject descriptor)
    {
        var path = DescriptorPath.Parse(field.Path, arguments);
        var threshold = field.Text("threshold", descriptor) is { } text ? Number(text) : null;
        return new DescribedAmount(
            path.Each,
            path.Text,
            field.Format == "amount" ? Ether : TokenOf(field, path.Each, arguments, descriptor),
            BoundOf(field.Label),
            HasMaximum: threshold is not null,
            HasHighBit: threshold <= BigInteger.One << 255);
    }

    /// <summary>The amount as the registry writes it.</summary>
    public JsonNode ToJson(string bound)
    {
        JsonArray sentinels = [];
        if (HasMaximum)
        {
            sentinels.Add("maxUInt256");
        }

        if (HasHighBit)
        {
            sentinels.Add("highBit");
        }

        var amount = new JsonObject { [bound] = Path };
        if (sentinels.Count > 0)
        {
            amount["sentinels"] = sentinels;
        }

        return amount;
    }

    private static string? TokenOf(DescriptorField field, string? each, AbiType arguments, JsonObject descriptor)
    {
        if (field.Text("token", descriptor) is { } token)
        {
            return Address.TryParse(token.ToLowerInvariant(), out var address) ? address.ToString() : throw new FormatException($"'{token}' is not a valid address");
        }

        return field.Text("tokenPath", descriptor) is { Length: > 0 } path ? DescriptorFunction.Inside(field, path, arguments).From(each) : null;
    }

    private static string? BoundOf(string label) =>
        label.Split(' ') is var words && words.Any(static word => Is(word, "min", "minimum")) ? "minimum" : words.Any(static word => Is(word, "max", "maximum")) ? "maximum" : null;

    private static bool Is(string word, string one, string other) => string.Equals(word, one, StringComparison.OrdinalIgnoreCase) || string.Equals(word, other, StringComparison.OrdinalIgnoreCase);

    private static BigInteger? Number(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.Length <= 66 && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo, out var hex) ? hex
        : text.Length <= 78 && BigInteger.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var number) ? number
        : throw new FormatException($"'{text}' is not a valid threshold");
}
