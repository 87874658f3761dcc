using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mempulse.Api.Text;

/// <summary>JSON that is written as it is: call trees nest deeper than a serialiser allows.</summary>
/// <param name="Utf8">Well-formed JSON.</param>
[JsonConverter(typeof(Converter))]
public sealed record RawJson(ReadOnlyMemory<byte> Utf8)
{
    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("Cannot read a call tree from JSON: call trees are only written.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
