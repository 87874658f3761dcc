using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Api.Serving;

/// <summary>Brotli and gzip for answers that are text, also over TLS.</summary>
/// <remarks>
/// Compression over TLS lets an attacker who sees lengths, and chooses a part of an answer, guess a secret in the same answer (BREACH). No answer that is compressed has
/// a secret: keys are in requests only, and the pages of the dashboard, which hold tokens of their circuits, are not compressed. What stays open is not compressed
/// either: an event of the stream is sent as it is written.
/// </remarks>
internal static class Compression
{
    private static readonly string[] _types =
    [
        "application/json", "application/problem+json", "application/x-ndjson", "application/openmetrics-text", "application/javascript", "text/plain", "text/css", "text/javascript", "image/svg+xml",
    ];

    /// <summary>Adds what <see cref="UseCompression"/> needs. The fastest level: the processor is needed for ingest.</summary>
    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .Configure<BrotliCompressionProviderOptions>(static brotli => brotli.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(static gzip => gzip.Level = CompressionLevel.Fastest)
        .AddResponseCompression(static compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = _types;
        });

    /// <summary>Compresses what is answered as a whole; after the turn has begun, so that the budget of responses holds compressed bytes.</summary>
    public static IApplicationBuilder UseCompression(this IApplicationBuilder app)
    {
        var shares = app.ApplicationServices.GetRequiredService<RequestShares>();
        return app.UseWhen(context => shares.OfOpen(context.Request) is null, static whole => whole.UseResponseCompression());
    }
}
