using System.Reflection;
using Mempulse.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mempulse.Api.Text;

/// <summary>Refuses query parameters that an endpoint does not have: a misspelt one would otherwise be ignored silently.</summary>
internal static class KnownParameters
{
    /// <summary>Applies to every endpoint of a group. The parameters of an endpoint are those of its handler that are text.</summary>
    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilterFactory(static (context, next) =>
    {
        string[] names = [.. context.MethodInfo.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(static parameter => parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!)];
        return invocation => Unknown(invocation.HttpContext.Request, names) is { } problem ? ValueTask.FromResult<object?>(problem) : next(invocation);
    });

    private static ProblemHttpResult? Unknown(HttpRequest request, string[] names)
    {
        string[] known = [.. names.Where(name => !request.RouteValues.ContainsKey(name))];
        string? unknown = request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? null
            : known.Length == 0 ? Problem.BadRequest($"'{unknown}' is not a parameter of {request.Path}: expected no parameters.")
            : Problem.BadRequest($"'{unknown}' is not a parameter of {request.Path}: expected {string.Join(", ", known)}.");
    }
}
