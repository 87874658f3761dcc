using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>The screen of a transaction, used as a person would.</summary>
[Collection(nameof(ViewedNode))]
public sealed class TxScreenTests(ViewedNode node)
{
    [Fact]
    public async Task A_hash_in_the_search_leads_to_its_life_with_the_event_of_every_step()
    {
        string hash = await node.TransactionOfAsync("DecodeGraded");
        var answer = await node.GetAsync($"/tx/{hash}");
        await using var page = await node.OpenAsync("/health");

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync(hash);
        await page.Page.Keyboard.PressAsync("Enter");

        await page.ReadsAsync(".tx-head", hash);
        await page.ReadsAsync(".tx-head h1", answer.GetProperty("status").GetString()!);
        foreach (var step in answer.GetProperty("lifecycle").EnumerateArray())
        {
            await page.ReadsAsync(".life", $"#{step.GetProperty("seq").GetUInt64():N0}");
        }
    }

    [Fact]
    public async Task A_selected_node_lights_the_words_that_it_was_read_from()
    {
        await using var page = await node.OpenAsync($"/tx/{await node.TransactionOfAsync("DecodeGraded")}");
        await page.SeesAsync(".decode tr");

        await page.Page.Locator(".decode tr.arg").First.ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.words .lit').length === 1");
        await page.Page.Locator(".decode tbody tr").First.ClickAsync();

        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.words .lit').length === document.querySelectorAll('.words > div').length");
    }

    [Fact]
    public async Task The_JSON_tab_shows_the_answer_of_the_API()
    {
        string hash = await node.TransactionOfAsync("DecodeGraded");
        await using var page = await node.OpenAsync($"/tx/{hash}");

        await page.Page.Keyboard.PressAsync("J");

        await page.ReadsAsync(".json", $"\"hash\": \"{hash}\"");
    }

    [Fact]
    public async Task The_key_c_copies_the_whole_hash()
    {
        string hash = await node.TransactionOfAsync("DecodeGraded");
        await using var page = await node.OpenAsync($"/tx/{hash}");

        await page.Page.Keyboard.PressAsync("c");

        await page.ReadsAsync("#polite", "hash copied");
        Assert.Equal(hash, await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task The_command_that_exports_its_case_is_copied_whole()
    {
        string hash = await node.TransactionOfAsync("DecodeGraded");
        await using var page = await node.OpenAsync($"/tx/{hash}");

        await page.Page.ClickAsync("text=Copy case command");

        await page.ReadsAsync("#polite", "command copied");
        Assert.Equal($"mempulse case export {hash} --data DIR --out {hash}.case", await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Its_case_is_downloaded_as_the_file_of_the_API()
    {
        string hash = await node.TransactionOfAsync("DecodeGraded");
        byte[] answer = await node.Client.GetByteArrayAsync(new Uri($"/cases/{hash}", UriKind.Relative), TestContext.Current.CancellationToken);
        await using var page = await node.OpenAsync($"/tx/{hash}");

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("text=Export case"));

        Assert.Matches($"^{hash}-[0-9]+[.]mpcase$", download.SuggestedFilename);
        Assert.Equal(answer.Length, new FileInfo(await download.PathAsync()).Length);
    }

    [Fact]
    public async Task An_unknown_hash_is_answered_with_what_the_log_covers()
    {
        string hash = $"0x{new string('7', 64)}";
        await using var page = await node.OpenAsync($"/tx/{hash}");

        await page.ReadsAsync("h1", "Not on this log");
        await page.ReadsAsync("main", "That is not proof that it does not exist");
        await page.ReadsAsync("main", "In blocks");
    }

    [Fact]
    public async Task What_is_no_hash_is_refused_in_a_sentence_and_shown_as_text()
    {
        await using var page = await node.OpenAsync("/tx/%3Cimg%20src=x%20onerror=alert(1)%3E");

        await page.ReadsAsync("h1", "is not a valid hash: expected 0x and 64 hex digits.");
        Assert.Equal(0, await page.Page.Locator("main img").CountAsync());
    }
}
