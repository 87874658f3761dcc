using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mempulse.Cli.Events;

/// <summary>A converter for output: nothing reads this JSON back.</summary>
internal abstract class WriteOnlyConverter<T> : JsonConverter<T>
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are read from the log, not from JSON.");
}
