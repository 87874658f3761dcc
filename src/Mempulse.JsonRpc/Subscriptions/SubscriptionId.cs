using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Mempulse.JsonRpc.Subscriptions;

/// <summary>The id of a subscription in one form, because nodes and gateways write the same id as a number, as hex with or without leading zeros, or as text.</summary>
internal static class SubscriptionId
{
    private const int MaxChars = 256;

    /// <summary>Returns the id in a form that equals that of the same id in another notation; null if the element is not an id.</summary>
    public static string? Read(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number => Decimal(id.GetRawText()) ?? id.GetRawText(),
        JsonValueKind.String when id.GetString() is { Length: > 0 and <= MaxChars } text => Hex(text) ?? Decimal(text) ?? text,
        _ => null,
    };

    private static string? Hex(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? Format(value) : null;

    /// <summary>Reads whole numbers, also as 1.0 or 1e3.</summary>
    private static string? Decimal(string text) =>
        text.Length <= MaxChars && BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Format(value)
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal number)
            && number == decimal.Truncate(number) ? Format(new BigInteger(number))
        : null;

    private static string Format(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
