using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>The screen of health, used as a person would.</summary>
[Collection(nameof(ViewedNode))]
public sealed class HealthScreenTests(ViewedNode node)
{
    [Fact]
    public async Task Every_shipped_rule_is_listed_with_what_is_known_of_it_here_and_leads_to_its_runbook()
    {
        await using var page = await node.OpenAsync("/health");
        await page.Page.ClickAsync(".rules summary");

        await page.ReadsAsync(".rules", "DiskNearlyFull");
        await page.ReadsAsync(".rules", "not evaluated here");
        await page.Page.ClickAsync(".rules a[href='/runbooks/disk-nearly-full'] >> nth=0");

        await page.ArrivesAtAsync("**/runbooks/disk-nearly-full");
        await page.ReadsAsync("h1", "The disk is nearly full");
        await page.ReadsAsync(".runbook ol li", "Make room on the volume");
        await page.ReadsAsync(".runbook h2", "Look");
    }

    [Fact]
    public async Task The_log_says_how_long_an_append_takes_and_how_much_of_the_disk_is_free()
    {
        await using var page = await node.OpenAsync("/health");

        await page.Page.WaitForFunctionAsync("() => /free of \\d/.test(document.querySelector('main').textContent)");
        await page.Page.WaitForFunctionAsync("() => /p99[\\d.]+ (µs|ms|s), [\\d.]+ (µs|ms|s)/.test(document.querySelector('.facts').textContent)");
    }

    [Fact]
    public async Task A_reader_of_the_stream_is_a_row_with_how_far_it_is_behind()
    {
        using var stream = await node.Client.GetStreamAsync(new Uri("/stream?after=0", UriKind.Relative), TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);
        await using var page = await node.OpenAsync("/health");

        await page.ReadsAsync(".readers", "/stream without a key");
        await page.ReadsAsync(".readers", "dashboard, ");
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.readers tr')].some(row => row.cells[0].textContent.startsWith('/stream') && /^[\\d,]+$/.test(row.cells[1].textContent) && /^\\d/.test(row.cells[2].textContent))");
        await page.PictureAsync("health-readers");
    }

    [Fact]
    public async Task The_log_draws_its_appends_and_how_far_the_fold_is_behind()
    {
        await using var page = await node.OpenAsync("/health");

        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.facts .spark path')].filter(line => line.getAttribute('d').startsWith('M')).length === 2");
    }

    [Fact]
    public async Task A_runbook_that_does_not_exist_is_an_answer()
    {
        await using var page = await node.OpenAsync("/runbooks/nothing");

        await page.ReadsAsync("h1", "No runbook has this name");
    }

    [Fact]
    public async Task A_runbook_that_is_opened_directly_is_a_page_of_Health_in_the_navigation()
    {
        await using var page = await node.OpenAsync("/runbooks/disk-nearly-full");

        await page.ReadsAsync("header nav a[aria-current=page]", "Health");
        Assert.Equal(1, await page.Page.Locator("header nav a[aria-current=page]").CountAsync());
    }
}
