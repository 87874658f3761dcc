using System.Globalization;
using System.Threading.RateLimiting;
using Mempulse.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Serving;

/// <summary>Who may ask what, and how often. Without keys in the configuration everyone may ask everything, and the host listens on loopback only.</summary>
internal static class KeySetup
{
    /// <summary>The policy of routes that make the service act.</summary>
    public const string Operate = "operate";

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>Adds authentication by key, the policies of the scopes, and the limit of each key.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddAuthentication(KeyHandler.Key).AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.Key, null);
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<ServingOptions>>(static (authorization, serving) =>
        {
            bool hasKeys = serving.Value.Keys.Count > 0;
            authorization.FallbackPolicy = hasKeys ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build() : null;
            authorization.AddPolicy(Operate, policy => policy.RequireAssertion(context => !hasKeys || context.User.HasClaim(KeyHandler.ScopeClaim, nameof(KeyScope.Operate))));
        });
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<ServingOptions>>(static (limiter, serving) =>
        {
            var limits = serving.Value.Keys.ToDictionary(static key => key.Name!, static key => key.RequestsPerMinute, StringComparer.Ordinal);
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.User.Identity?.Name is { } name && limits.TryGetValue(name, out int permits)
                ? RateLimitPartition.GetFixedWindowLimiter(name, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = _minute, QueueLimit = 0 })
                : RateLimitPartition.GetNoLimiter(string.Empty));
            limiter.OnRejected = (rejected, _) =>
            {
                var patience = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : _minute;
                int seconds = Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds));
                rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                return new ValueTask(Problem.TooMany(limits[rejected.HttpContext.User.Identity!.Name!], seconds).ExecuteAsync(rejected.HttpContext));
            };
        });
        return services;
    }

    /// <summary>Refuses requests without a key, beyond its scope, or beyond its limit; after routing and before a request takes its turn.</summary>
    public static IApplicationBuilder UseApiKeys(this IApplicationBuilder app) => app.UseAuthentication().UseAuthorization().UseRateLimiter();
}
