using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Mempulse.Api.Tests.Serving;

/// <summary>What a client already has is not sent again, and what is sent is compressed where that is safe.</summary>
[Collection(nameof(RunningNode))]
public sealed partial class EntityTagTests(RunningNode node)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/events?after=5&limit=50")]
    [InlineData("/events/7")]
    [InlineData("/tx/TX")]
    [InlineData("/decode?tx=TX")]
    [InlineData("/decoders")]
    [InlineData("/openapi/v1.json")]
    [InlineData("ASSET")]
    public async Task A_client_that_has_an_answer_is_told_so_without_it(string pattern)
    {
        string path = await PathOfAsync(pattern);
        using var first = await AskAsync(path);
        var tag = first.Headers.ETag!;

        foreach (string known in (string[])[tag.Tag, $"W/{tag.Tag}", $"\"other\", {tag.Tag}", "*"])
        {
            using var again = await AskAsync(path, ifNoneMatch: known);

            Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag));
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(Stop));
            Assert.Null(again.Content.Headers.ContentType);
        }

        using var other = await AskAsync(path, ifNoneMatch: "\"other\"");
        Assert.Equal((HttpStatusCode.OK, tag), (other.StatusCode, other.Headers.ETag));
        Assert.False(tag.IsWeak);
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await other.Content.ReadAsStringAsync(Stop));
        Assert.True(first.Headers.CacheControl is { NoCache: true, Private: true } or { Public: true, MaxAge.Days: 365 });
    }

    [Theory]
    [InlineData("/events?after=5&limit=50", "br")]
    [InlineData("/events?after=5&limit=50", "gzip")]
    [InlineData("/tx/TX", "br")]
    [InlineData("/mempool", "gzip")]
    [InlineData("/metrics", "gzip")]
    [InlineData("/openapi/v1.json", "br")]
    [InlineData("/events?limit=0", "br")] // a problem
    [InlineData("ASSET", "br")]
    public async Task A_text_is_compressed_as_the_client_asks_and_each_encoding_has_a_tag_of_its_own(string pattern, string encoding)
    {
        string path = await PathOfAsync(pattern);
        using var plain = await AskAsync(path);
        using var packed = await AskAsync(path, encoding);

        byte[] sent = await packed.Content.ReadAsByteArrayAsync(Stop);
        using var unpacked = new StreamReader(encoding == "br" ? new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress) : new GZipStream(new MemoryStream(sent), CompressionMode.Decompress));
        string text = await unpacked.ReadToEndAsync(Stop);

        Assert.Equal((encoding, plain.StatusCode), (Assert.Single(packed.Content.Headers.ContentEncoding), packed.StatusCode));
        Assert.Contains("Accept-Encoding", packed.Headers.Vary); // beside Accept, where an address has a page too
        Assert.Equal(sent.Length, packed.Content.Headers.ContentLength);
        if (pattern is not ("/metrics" or "/mempool") && plain.IsSuccessStatusCode) // a problem has the id of its request
        {
            Assert.Equal(await plain.Content.ReadAsStringAsync(Stop), text);
        }

        if (plain.Headers.ETag is { } tag)
        {
            Assert.NotEqual(tag, packed.Headers.ETag);
            using var again = await AskAsync(path, encoding, packed.Headers.ETag!.Tag);
            Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, again.Content.Headers.ContentEncoding.Count));
        }
    }

    [Theory]
    [InlineData("/stream?after=0&follow=false", "text/event-stream")] // sent as it is written
    [InlineData("/docs", "text/html")]
    public async Task What_stays_open_and_pages_are_not_compressed(string path, string type)
    {
        using var answer = await AskAsync(path, "br, gzip");

        Assert.Equal((HttpStatusCode.OK, type, 0), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentEncoding.Count));
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/health")]
    [InlineData("/events?limit=0")]
    [InlineData("/events/1000000000")]
    public async Task What_changes_by_itself_and_problems_have_no_tag(string path)
    {
        using var answer = await AskAsync(path, ifNoneMatch: "*");

        Assert.NotEqual(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Null(answer.Headers.ETag);
    }

    [GeneratedRegex("/assets/[0-9a-f]+/[a-z0-9./-]+[.]js")]
    private static partial Regex AssetOf();

    private async Task<string> PathOfAsync(string pattern)
    {
        if (pattern == "ASSET")
        {
            using var page = await node.Client.GetAsync(new Uri("/", UriKind.Relative), Stop);
            return AssetOf().Match(await page.Content.ReadAsStringAsync(Stop)).Value;
        }

        var confirmed = (await node.GetAsync("/events?types=TxConfirmed&limit=1")).GetProperty("events")[0];
        return pattern.Replace("TX", confirmed.GetProperty("tx").GetString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? encoding = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (string one in encoding?.Split(", ") ?? [])
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(one));
        }

        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await node.Client.SendAsync(request, Stop);
    }
}
