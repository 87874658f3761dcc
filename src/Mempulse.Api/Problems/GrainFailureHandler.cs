using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Mempulse.Api.Problems;

/// <summary>Answers with a problem when a grain cannot be reached or fails.</summary>
internal sealed class GrainFailureHandler(IProblemDetailsService problems) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        bool isPassing = exception is TimeoutException or OrleansException;
        httpContext.Response.StatusCode = isPassing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            Exception = exception,
            ProblemDetails = new ProblemDetails
            {
                Status = httpContext.Response.StatusCode,
                Title = isPassing ? "Temporarily unavailable." : "The request failed.",
                Detail = isPassing ? "The service is busy, starting or stopping. Retry." : $"Cannot answer: {exception.GetType().Name}. The node's output has the details.",
            },
        });
    }
}
