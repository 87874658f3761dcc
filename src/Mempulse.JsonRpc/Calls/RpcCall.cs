using System.Diagnostics;
using System.Text.Json;

namespace Mempulse.JsonRpc.Calls;

/// <summary>A method and its parameters: strings, lists of strings, booleans, or objects whose fields are strings.</summary>
public sealed record RpcCall(string Method, params IReadOnlyList<object> Parameters)
{
    /// <summary>Writes the request object.</summary>
    internal void Write(Utf8JsonWriter writer, int id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteNumber("id"u8, id);
        writer.WriteString("method"u8, Method);
        writer.WriteStartArray("params"u8);
        foreach (object parameter in Parameters)
        {
            WriteParameter(writer, parameter);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, object parameter)
    {
        switch (parameter)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case string[] texts:
                writer.WriteStartArray();
                foreach (string item in texts)
                {
                    writer.WriteStringValue(item);
                }

                writer.WriteEndArray();
                break;
            case SortedDictionary<string, string> fields:
                writer.WriteStartObject();
                foreach (var (name, value) in fields)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
                break;
            case KeyValuePair<string, string> field:
                writer.WriteStartObject();
                writer.WriteString(field.Key, field.Value);
                writer.WriteEndObject();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
