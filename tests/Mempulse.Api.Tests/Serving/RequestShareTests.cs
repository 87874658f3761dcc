using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Serving;
using Mempulse.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests.Serving;

/// <summary>What supervisors ask for every few seconds does not share the limits of readers, nor do simulations share their turns.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What the test builds owns its parts.")]
public sealed class RequestShareTests
{
    [Theory]
    [InlineData("GET", "/health", true, false)]
    [InlineData("GET", "/alive", true, false)]
    [InlineData("GET", "/metrics", true, false)]
    [InlineData("GET", "/Health", true, false)] // routes ignore case
    [InlineData("GET", "/health/live", true, false)]
    [InlineData("GET", "/health/ready", true, false)]
    [InlineData("GET", "/health/x", false, true)]
    [InlineData("GET", "/status", false, true)]
    [InlineData("POST", "/simulate", false, false)]
    public void A_request_belongs_to_the_share_of_its_class(string method, string path, bool isProbe, bool isRead)
    {
        using var shares = new RequestShares(Options.Create(new ServingOptions()), new ServingMeter(UnhostedMeters.Shared));
        RequestShare Of(string asked, string at) => shares.Of(new DefaultHttpContext { Request = { Method = asked, Path = at } }.Request);

        Assert.Equal((isProbe, isRead), (Of(method, path) == Of("GET", "/health"), Of(method, path) == Of("GET", "/events")));
        Assert.Equal(!isProbe, Of(method, path).Responses == Of("GET", "/events").Responses); // readers and simulations share bytes
        Assert.Equal(!isProbe, Of(method, path).Bodies == Of("GET", "/events").Bodies);
    }

    [Fact]
    public async Task Requests_that_wait_are_answered_in_their_order()
    {
        using var share = new RequestShare(maxRequests: 1, maxWaiting: 2, new ByteBudget(1), new ByteBudget(1));
        using var held = share.Requests.AttemptAcquire();
        var first = share.Requests.AcquireAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask();
        var second = share.Requests.AcquireAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask();

        held.Dispose();

        Assert.Same(first, await Task.WhenAny(first, second));
        Assert.False(second.IsCompleted);
        (await first).Dispose();
        (await second).Dispose();
    }
}
