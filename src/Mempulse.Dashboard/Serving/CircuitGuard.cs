using Microsoft.AspNetCore.Http;

namespace Mempulse.Dashboard.Serving;

/// <summary>Lets only pages of this service open a circuit: browsers do not keep WebSockets to one origin.</summary>
internal sealed class CircuitGuard(RequestDelegate next)
{
    private static readonly PathString _circuits = new("/_blazor");

    /// <summary>Passes on what is no circuit, and circuits of our own pages.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.Equals(_circuits) || IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
