using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Problems;

/// <summary>Reads the JSON body of a request; an error is one sentence.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions _reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <summary>Reads a body of JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="expected">What the object has, for the message about an empty body: "with ...".</param>
    /// <param name="cancellationToken">Cancelled when the client leaves.</param>
    /// <returns>The body, or the problem.</returns>
    public static async Task<(T? Body, ProblemHttpResult? Problem)> ReadAsync<T>(HttpRequest request, string expected, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problem.NotJson(request.ContentType)); // a page of another origin may send other types without asking
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, _reading, cancellationToken);
            return (body, body is null ? Problem.BadRequest($"The body is empty: expected a JSON object {expected}.") : null);
        }
        catch (JsonException bad)
        {
            return (null, Problem.BadRequest($"The body is not a valid request to {request.Path}: {JsonProblem.Of<T>(bad)}"));
        }
    }
}
