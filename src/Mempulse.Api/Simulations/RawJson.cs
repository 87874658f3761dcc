using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mempulse.Api.Simulations;

/// <summary>JSON that is passed on as it was stored: call trees are nested deeper than a serialiser goes.</summary>
/// <param name="Utf8">Well-formed JSON.</param>
[JsonConverter(typeof(Converter))]
public sealed record RawJson(ReadOnlyMemory<byte> Utf8)
{
    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("A trace is written, never read.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
