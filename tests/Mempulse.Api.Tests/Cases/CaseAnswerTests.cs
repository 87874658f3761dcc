using System.Net;
using System.Text.Json;
using Mempulse.Storage.Cases;

namespace Mempulse.Api.Tests.Cases;

/// <summary>GET /cases/{id}: the file as a download, or the reason why it cannot be made.</summary>
[Collection(nameof(RunningNode))]
public sealed class CaseAnswerTests(RunningNode node)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_case_of_a_transaction_is_a_download_of_a_case_file_at_the_end_of_the_log()
    {
        string tx = await IncludedTxAsync();

        using var answer = await AskAsync($"/cases/{tx}");

        ulong end = (await node.GetAsync("/status")).GetProperty("log").GetProperty("watermark").GetUInt64();
        var content = CaseFile.Decode("answer", await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(("application/octet-stream", "attachment", $"{tx}-{end}.mpcase"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.Equal(("transaction", tx, end), (content.Subject, content.Id.ToString(), content.AsOf.Value));
    }

    [Fact]
    public async Task The_same_position_has_the_same_bytes_and_a_client_that_has_them_is_answered_304()
    {
        string tx = await IncludedTxAsync();
        using var first = await AskAsync($"/cases/{tx}?at=4000");
        using var other = await AskAsync($"/cases/{tx}?at=4001");
        using var again = await AskAsync($"/cases/{tx}?at=4000");
        using var known = await AskAsync($"/cases/{tx}?at=4000", first.Headers.ETag!.ToString());

        Assert.Equal(await first.Content.ReadAsByteArrayAsync(Stop), await again.Content.ReadAsByteArrayAsync(Stop));
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (known.StatusCode, (await known.Content.ReadAsByteArrayAsync(Stop)).Length));
    }

    [Fact]
    public async Task A_transaction_that_the_log_had_not_at_the_position_is_404_and_says_up_to_where()
    {
        string tx = await IncludedTxAsync();

        using var answer = await AskAsync($"/cases/{tx}?at=1");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal($"The log has no transaction, opportunity, simulation or bundle {tx} up to seq 1.", await DetailAsync(answer));
    }

    [Fact]
    public async Task A_position_that_the_log_does_not_hold_is_400()
    {
        using var answer = await AskAsync($"/cases/{await IncludedTxAsync()}?at=1000000000");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("'1000000000' is not a valid 'at'. The log holds 1 to ", await DetailAsync(answer), StringComparison.Ordinal);
    }

    private async Task<string> IncludedTxAsync() => (await node.GetAsync("/events?types=TxConfirmed&limit=1")).GetProperty("events")[0].GetProperty("tx").GetString()!;

    private static async Task<string> DetailAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    /// <summary>Asks as a client does: again while the node is busy.</summary>
    private async Task<HttpResponseMessage> AskAsync(string path, string? tag = null)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            var answer = await node.Client.SendAsync(request, Stop);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }

            answer.Dispose();
        }
    }
}
