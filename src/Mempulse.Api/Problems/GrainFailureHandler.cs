using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Problems;

/// <summary>Answers with a problem when a grain cannot be reached or fails. What does not pass by itself is logged with its trace.</summary>
internal sealed partial class GrainFailureHandler(IProblemDetailsService problems, ILogger<GrainFailureHandler> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        bool isPassing = exception is TimeoutException or OrleansException;
        if (isPassing)
        {
            httpContext.Response.Headers.RetryAfter = Problem.RetrySeconds;
        }
        else
        {
            RequestFailed(log, httpContext.Request.Method, httpContext.Request.Path, exception);
        }

        httpContext.Response.StatusCode = isPassing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            Exception = exception,
            ProblemDetails = new ProblemDetails
            {
                Status = httpContext.Response.StatusCode,
                Title = isPassing ? "Temporarily unavailable." : "The request failed.",
                Detail = DetailOf(exception, isPassing),
            },
        });
    }

    /// <summary>A failure of the environment, such as a damaged log, says what is wrong; a bug is in the log.</summary>
    private static string DetailOf(Exception exception, bool isPassing) =>
        isPassing ? "The service is busy, starting or stopping. Retry."
        : exception is IOException ? exception.Message
        : "The node has a fault. Its output has the details, with this path.";
}
