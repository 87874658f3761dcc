using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Mempulse.Dashboard.Serving;

/// <summary>What a page may load and who may show it: nothing from elsewhere, no script in the page but the one that sets the theme.</summary>
/// <remarks>Styles of single elements are allowed, since the length of a bar is one; style sheets only from this host.</remarks>
internal sealed class PageHeaders(RequestDelegate next)
{
    private static readonly string _policy = string.Join(
        "; ",
        "default-src 'none'",
        $"script-src 'self' {ThemeScript.Hash}",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'");

    /// <summary>Adds the headers to pages.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = _policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
