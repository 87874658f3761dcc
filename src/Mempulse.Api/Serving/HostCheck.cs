using System.Net;
using Mempulse.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Serving;

/// <summary>Refuses requests for other hosts: a page whose name was rebound to a loopback address must not read the API (DNS rebinding).</summary>
/// <remarks>The probes of supervisors are answered under any name. They say one word to anyone, and an orchestrator asks by the address of the moment.</remarks>
internal sealed class HostCheck(RequestDelegate next, IOptions<ServingOptions> options)
{
    private const string Local = "localhost";

    /// <summary>Passes a request on if its host is known.</summary>
    public Task InvokeAsync(HttpContext context) => IsForAnyone(context) || IsKnown(context.Request.Host.Host)
        ? next(context)
        : Problem.Misdirected(context.Request.Host.Value ?? string.Empty).ExecuteAsync(context);

    private static bool IsForAnyone(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private bool IsKnown(string host) =>
        host.Equals(Local, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || options.Value.Hosts.Any(name => host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.Equals($"[{name}]", StringComparison.OrdinalIgnoreCase));
}
