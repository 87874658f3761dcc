using System.Text.Json;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Pools;

/// <summary>The packed vectors of pools and markets beside the tests.</summary>
internal static class MevVectors
{
    public static JsonDocument Read(string name)
    {
        using var decompressor = new ZstdSharp.Decompressor();
        return JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mev", name))).ToArray());
    }

    /// <summary>A number, written as one or as text.</summary>
    public static UInt256 Number(JsonElement element) =>
        UInt256.TryParse(element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText(), out var number)
            ? number
            : throw new InvalidDataException($"'{element}' is not a valid number.");

    public static UInt256 Number(JsonElement element, string name) => Number(element.GetProperty(name));

    /// <summary>A leg of a constant product pool.</summary>
    public static ProductLeg Leg(JsonElement hop) => new(
        Number(hop, "reserveIn"), Number(hop, "reserveOut"), new ProductFee(hop.GetProperty("feeNum").GetUInt32(), hop.GetProperty("feeDen").GetUInt32()));
}
