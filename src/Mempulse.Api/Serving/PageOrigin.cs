using Microsoft.AspNetCore.Http;

namespace Mempulse.Api.Serving;

/// <summary>Which page a request of a browser comes from.</summary>
internal static class PageOrigin
{
    /// <summary>True for a request that a page of another site sends: browsers send WebSockets and plain POSTs of any page everywhere, with the key that they hold.</summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">The site; empty if the request names none.</param>
    public static bool IsForeign(HttpRequest request, out string origin)
    {
        origin = request.Headers.Origin is [{ } named] ? named : string.Empty;
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
