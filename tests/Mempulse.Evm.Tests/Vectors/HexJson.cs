using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Vectors;

/// <summary>Reads hex values of vector files.</summary>
internal static class HexJson
{
    public static byte[] Bytes(string text) =>
        Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text);

    /// <summary>Returns false if <paramref name="text"/> is not hex; some vectors contain invalid bytes on purpose.</summary>
    public static bool TryBytes(string text, out byte[] bytes)
    {
        var digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    public static byte[] Bytes(this JsonElement parent, string name) => Bytes(parent.GetProperty(name).GetString()!);

    public static bool TryNumber(string text, out UInt256 number) =>
        UInt256.TryParse(text == "0x" ? "0x0" : text, out number);

    public static UInt256 Number(string text) =>
        TryNumber(text, out var number) ? number : throw new FormatException($"'{text}' is not a valid number: expected at most 256 bits.");

    public static UInt256 Number(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? Number(value.GetString()!) : default;

    public static ulong Number64(this JsonElement parent, string name) => ToUInt64(parent.Number(name));

    public static Address Account(this JsonElement parent, string name) => Address.Parse(parent.GetProperty(name).GetString()!);

    public static Hash256 Hash(this JsonElement parent, string name) => Hash256.Parse(parent.GetProperty(name).GetString()!);

    private static ulong ToUInt64(UInt256 number) =>
        number.FitsUInt64 ? number.LowUInt64 : throw new FormatException($"'{number}' is not a valid number: expected at most 64 bits.");
}
