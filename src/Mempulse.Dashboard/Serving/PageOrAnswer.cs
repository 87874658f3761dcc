using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Mempulse.Dashboard.Serving;

/// <summary>One address for a thing: a browser gets its screen, every other client the answer of the API.</summary>
/// <remarks>A link that is copied from the screen works in a program, and the other way round. Where only one of the two exists it serves both.</remarks>
internal sealed class PageOrAnswer : MatcherPolicy, IEndpointSelectorPolicy
{
    private const string Html = "text/html";

    /// <inheritdoc/>
    public override int Order => int.MaxValue;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsPage);

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        ArgumentNullException.ThrowIfNull(candidates);
        bool hasPage = false;
        bool hasAnswer = false;
        for (int i = 0; i < candidates.Count; i++)
        {
            hasPage |= candidates.IsValidCandidate(i) && IsPage(candidates[i].Endpoint);
            hasAnswer |= candidates.IsValidCandidate(i) && !IsPage(candidates[i].Endpoint);
        }

        bool wantsPage = httpContext.Request.Headers.Accept.ToString().Contains(Html, StringComparison.OrdinalIgnoreCase);
        for (int i = 0; hasPage && hasAnswer && i < candidates.Count; i++)
        {
            candidates.SetValidity(i, candidates.IsValidCandidate(i) && IsPage(candidates[i].Endpoint) == wantsPage);
        }

        if (hasPage && hasAnswer)
        {
            httpContext.Response.Headers.Vary = "Accept";
        }

        return Task.CompletedTask;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
