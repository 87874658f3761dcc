using System.Text.Json;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;

namespace Mempulse.RelaySim.Requests;

/// <summary>Reads requests in the words of one builder: the inverse of <see cref="RelayRequestWriter"/>. Stricter than builders, which ignore unknown fields.</summary>
internal sealed class RequestReader(RelayDialect dialect)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestRefusedException">The builder would refuse it.</exception>
    public ReadRequest Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Strict);
        }
        catch (JsonException problem)
        {
            throw new RequestRefusedException(RequestRefusedException.ParseError, "The request is not JSON: " + problem.Message);
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement);
            }
            catch (Exception problem) when (problem is InvalidOperationException or FormatException or KeyNotFoundException)
            {
                throw new RequestRefusedException(RequestRefusedException.InvalidParams, "The request has a value of another type: " + problem.Message);
            }
        }
    }

    private ReadRequest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id"u8, out var id) || !id.TryGetUInt64(out ulong number))
        {
            throw new RequestRefusedException(RequestRefusedException.InvalidRequest, "The request is not an object with a number as its id.");
        }

        string name = root.TryGetProperty("method"u8, out var method) ? method.GetString() ?? string.Empty : string.Empty;
        var known = dialect.Methods.Where(candidate => candidate.Name == name && candidate.Source is not null).ToArray();
        return known.Length == 0
            ? throw new RequestRefusedException(RequestRefusedException.MethodNotFound, $"the method {name} does not exist")
            : new ReadRequest(number, CommandOf(known, root));
    }

    private static RelayCommand CommandOf(DialectMethod[] known, JsonElement root)
    {
        var parameters = root.TryGetProperty("params"u8, out var given) ? given : default;
        if (known[0].Parameters != ParameterShape.Bare)
        {
            parameters = parameters.ValueKind == JsonValueKind.Array && parameters.GetArrayLength() == 1
                ? parameters[0]
                : throw new RequestRefusedException(RequestRefusedException.InvalidParams, "params is not a list of one object.");
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw new RequestRefusedException(RequestRefusedException.InvalidParams, "params has no object.");
        }

        if (known[0].Parameters == ParameterShape.MevBundle)
        {
            return MevBundleReader.Read(parameters);
        }

        // One name may send and cancel: a bundle with a UUID and without transactions cancels.
        bool isEmpty = known.Any(method => method.Method == RelayMethod.CancelBundle) && (known.Length == 1 || FieldReader.HasNoTransactions(parameters, known));
        var method = known.FirstOrDefault(candidate => candidate.Method == RelayMethod.CancelBundle == isEmpty) ?? known[0];
        return new FieldReader(method, parameters).Read();
    }
}
