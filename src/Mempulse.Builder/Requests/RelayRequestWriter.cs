using System.Buffers;
using System.Text.Json;
using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Requests;

/// <summary>Writes a command in the words of one builder, and signs the bytes. The same command gives the same bytes.</summary>
/// <remarks>A field without a source is never written. Thread-safe.</remarks>
public static class RelayRequestWriter
{
    /// <summary>Writes a request.</summary>
    /// <param name="dialect">The builder.</param>
    /// <param name="command">What it is asked for.</param>
    /// <param name="id">The JSON-RPC id; the number of the attempt.</param>
    /// <param name="credential">Who asks; null for a builder that needs none.</param>
    /// <exception cref="ArgumentException">The builder is not known to have the method or a field that the command needs, or the credential is not of its scheme.</exception>
    public static RelayRequest Write(RelayDialect dialect, RelayCommand command, ulong id, RelayCredential? credential)
    {
        var method = dialect.Find(command.Method)
            ?? throw new ArgumentException($"Cannot ask {dialect.Title} for {command.Method}: it is not known to have such a method.", nameof(command));
        foreach (var missing in CommandValues.Missing(method, command))
        {
            throw new ArgumentException($"Cannot ask {dialect.Title} for {command.Method}: it is not known to have a field for {missing}.", nameof(command));
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteBody(writer, method, command, id);
        }

        var body = buffer.WrittenMemory;
        return new RelayRequest(command.Method, id, body, HeaderName(dialect, credential), HeaderValue(dialect, credential, body.Span));
    }

    /// <summary>True if the builder refuses requests that this credential cannot sign.</summary>
    public static bool LacksCredential(RelayDialect dialect, RelayCredential? credential) =>
        dialect.Authentication is { Required: true, Source: not null } && credential?.Scheme != dialect.Authentication.Scheme;

    private static string? HeaderName(RelayDialect dialect, RelayCredential? credential) =>
        LacksCredential(dialect, credential)
            ? throw new ArgumentException($"Cannot ask {dialect.Title}: it needs {dialect.Authentication.Scheme}, which is not configured.", nameof(credential))
            : IsSent(dialect, credential) ? dialect.Authentication.Header : null;

    private static string? HeaderValue(RelayDialect dialect, RelayCredential? credential, ReadOnlySpan<byte> body) =>
        IsSent(dialect, credential) ? credential!.HeaderFor(body) : null;

    private static bool IsSent(RelayDialect dialect, RelayCredential? credential) =>
        dialect.Authentication.Source is not null && credential?.Scheme == dialect.Authentication.Scheme;

    private static void WriteBody(Utf8JsonWriter writer, DialectMethod method, RelayCommand command, ulong id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteNumber("id"u8, id);
        writer.WriteString("method"u8, method.Name);
        writer.WritePropertyName("params"u8);
        if (method.Parameters == ParameterShape.Bare)
        {
            WriteFields(writer, method, command);
        }
        else
        {
            writer.WriteStartArray();
            if (command is RelayCommand.SendMev send)
            {
                MevBundleShape.Write(writer, send);
            }
            else
            {
                WriteFields(writer, method, command);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, DialectMethod method, RelayCommand command)
    {
        var values = CommandValues.Of(command);
        writer.WriteStartObject();
        foreach (var field in method.Fields.Where(field => field.IsVerified))
        {
            if (values.FirstOrDefault(value => value.Field == field.Field) is { } value)
            {
                writer.WritePropertyName(field.Name);
                FieldForms.Write(writer, field.Form, value);
            }
        }

        writer.WriteEndObject();
    }
}
