using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Mempulse.Dashboard.Design;
using Mempulse.Dashboard.Serving;
using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>What a page weighs before compression. The limits are those of the design.</summary>
[Collection(nameof(ViewedNode))]
public sealed partial class BudgetTests(ViewedNode node)
{
    private const int MaxPage = 60_000;
    private const int MaxOwnScript = 20_000;
    private const int Blocks = 3;
    private const int MaxFonts = 70_000;

    private static readonly AssetStore _assets = new(DesignTokens.Read());

    public static TheoryData<string> Paths => ["/", "/opportunities", "/opportunities?view=table", "/blocks", "/blocks?view=arrival", "/replay", "/health", "/runbooks/disk-nearly-full", "/tx/NONE"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_page_and_the_sheets_that_it_waits_for_are_within_the_budget(string path) => await WithinAsync(path.Replace("NONE", $"0x{new string('7', 64)}", StringComparison.Ordinal));

    [Fact]
    public async Task The_last_blocks_and_the_waiting_transactions_are_within_the_budget()
    {
        ulong head = (await node.GetAsync("/blocks/head")).GetProperty("number").GetUInt64();
        for (ulong number = head; number > head - Blocks; number--)
        {
            await WithinAsync($"/blocks/{number}");
        }

        foreach (var tx in (await node.GetAsync("/mempool?limit=100")).GetProperty("transactions").EnumerateArray())
        {
            await WithinAsync($"/tx/{tx.GetProperty("hash").GetString()}");
        }

        await WithinAsync($"/tx/{await node.TransactionOfAsync("DecodeGraded")}");
    }

    [Fact]
    public void Our_script_and_the_fonts_are_within_the_budget()
    {
        Assert.InRange(Sum(static name => name is "dash.js" or "charts.js"), 1, MaxOwnScript);
        Assert.InRange(Sum(static name => name.EndsWith(".woff2", StringComparison.Ordinal)), 1, MaxFonts);
    }

    [GeneratedRegex("rel=\"stylesheet\" href=\"/assets/[0-9a-f]+/([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Sheets();

    private static int Sum(Func<string, bool> isMeant) => _assets.Names.Where(isMeant).Sum(static name => _assets.Find(name)!.Content.Length);

    private async Task WithinAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        byte[] html = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var sheets = Sheets().Matches(System.Text.Encoding.UTF8.GetString(html)).Select(static sheet => sheet.Groups[1].Value).ToList();

        Assert.Equal(3, sheets.Count);
        int bytes = html.Length + sheets.Sum(static name => _assets.Find(name)!.Content.Length);
        Assert.True(bytes <= MaxPage, $"{path} and its sheets are {bytes:N0} bytes, {html.Length:N0} of them HTML.");
    }
}
