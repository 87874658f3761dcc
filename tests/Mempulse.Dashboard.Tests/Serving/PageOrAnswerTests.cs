using System.Net;
using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Serving;

/// <summary>One address for browsers and programs, and the headers and files of pages.</summary>
[Collection(nameof(ViewedNode))]
public sealed class PageOrAnswerTests(ViewedNode node)
{
    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "text/html")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData(null, "application/json")]
    public async Task Health_is_a_page_for_a_browser_and_an_answer_for_a_program(string? accept, string mediaType)
    {
        using var response = await AskAsync("/health", accept);

        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", response.Headers.Vary);
    }

    [Fact]
    public async Task A_page_allows_no_script_but_its_own_files_and_the_one_that_sets_the_theme()
    {
        using var response = await AskAsync("/health", "text/html");

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self' 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData(null)]
    public async Task A_page_of_another_site_opens_no_circuit(string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/blocks/head")]
    [InlineData("/opps")]
    public async Task What_is_posted_to_a_screen_is_refused_by_its_method(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("a=b", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded") };

        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Another_host_gets_no_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "attacker.example" } };
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Fact]
    public async Task Files_may_be_kept_for_ever_and_an_unknown_version_is_not_found()
    {
        string html = await (await AskAsync("/", "text/html")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string file = html.Split('"').First(static part => part.StartsWith("/assets/", StringComparison.Ordinal) && part.EndsWith("dash.css", StringComparison.Ordinal));

        using var found = await AskAsync(file, null);
        using var unknown = await AskAsync("/assets/0/dash.css", null);

        Assert.Contains("immutable", found.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
