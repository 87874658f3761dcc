using Mempulse.Api.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Dashboard.Serving;

/// <summary>GET /assets/{version}/{name}: a file that browsers keep for ever.</summary>
internal static class AssetEndpoints
{
    private const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>Maps the files.</summary>
    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{version}/{**name}", Find).ExcludeFromDescription().WithEntityTag().DisableRateLimiting(); // a page loads a dozen of them, and they cost nothing

    private static IResult Find(HttpContext context, AssetStore assets, string version, string name)
    {
        if (version != assets.Version || assets.Find(name) is not { } asset)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = ForEver;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(asset.Content, asset.MediaType);
    }
}
