using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mempulse.Api.Serving;

/// <summary>The entity tag of an answer: a digest of the bytes that are sent (RFC 9110, section 8.8.3). A client that has these bytes is answered 304 without them.</summary>
/// <remarks>
/// It is a strong validator by construction. An answer with a part that changes, such as the standing of a block, has another tag when that part changes, and each
/// content encoding has its own. Answers are computed either way: what is saved is the transfer.
/// </remarks>
internal static class EntityTag
{
    private const string Revalidate = "private, no-cache";
    private const int DigestBytes = 16;

    /// <summary>Gives the answers of an endpoint an entity tag.</summary>
    public static TBuilder WithEntityTag<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Marked.Instance);

    /// <summary>Sets the tag of a complete answer, or turns it into 304 if the client has it already.</summary>
    public static void Apply(HttpContext context, ResponseBuffer body)
    {
        if (context.Response.StatusCode != StatusCodes.Status200OK || context.GetEndpoint()?.Metadata.GetMetadata<Marked>() is null)
        {
            return;
        }

        var tag = new EntityTagHeaderValue($"\"{DigestOf(body)}\"");
        context.Response.Headers.ETag = tag.ToString();
        if (context.Response.Headers.CacheControl.Count == 0)
        {
            context.Response.Headers.CacheControl = Revalidate;
        }

        if (HasIt(context.Request, tag))
        {
            body.Clear();
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.ContentType = default;
            context.Response.Headers.ContentEncoding = default;
            context.Response.ContentLength = null;
        }
    }

    /// <summary>If-None-Match compares weakly (RFC 9110, section 13.1.2): a proxy may have weakened the tag.</summary>
    private static bool HasIt(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));

    private static string DigestOf(ResponseBuffer body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var chunk in body.Chunks)
        {
            digest.AppendData(chunk.Span);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    private sealed class Marked
    {
        public static Marked Instance { get; } = new();
    }
}
