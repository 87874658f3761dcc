using Microsoft.AspNetCore.Http.Metadata;

namespace Mempulse.Api.Problems;

/// <summary>The largest body of an endpoint.</summary>
/// <param name="MaxRequestBodySize">In bytes.</param>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
