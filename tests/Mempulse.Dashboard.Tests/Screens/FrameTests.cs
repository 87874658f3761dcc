using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>The frame around every screen: navigation by keys, pause, themes, lists.</summary>
[Collection(nameof(ViewedNode))]
public sealed class FrameTests(ViewedNode node)
{
    [Fact]
    public async Task The_keys_g_and_h_go_to_health()
    {
        await using var page = await node.OpenAsync("/");

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("h");

        await page.ArrivesAtAsync("**/health");
        await page.ReadsAsync("nav a.on", "Health");
    }

    [Fact]
    public async Task Space_holds_the_page_still_and_resume_shows_the_last_tick()
    {
        await using var page = await node.OpenAsync("/health");

        await page.Page.Keyboard.PressAsync(" ");
        await page.ReadsAsync("#strip", "Paused");
        int held = await page.NumberAsync();
        await page.Page.WaitForFunctionAsync("() => parseFloat(document.querySelector('[data-passed]').textContent) >= 1.2");
        Assert.Equal(held, await page.NumberAsync());
        await page.Page.Keyboard.PressAsync(" ");

        await page.ReadsAsync("#strip", "Live");
        await page.Page.WaitForFunctionAsync("held => +document.querySelector('#strip').dataset.number > held", held);
    }

    [Fact]
    public async Task J_and_k_move_the_focus_in_a_list_that_is_one_stop_for_tab()
    {
        await using var page = await node.OpenAsync("/health");
        await page.SeesAsync(".sources [data-row]");

        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("j");

        Assert.Equal(1, await page.Page.EvaluateAsync<int>("[...document.querySelectorAll('.sources [data-row]')].indexOf(document.activeElement)"));
        Assert.Equal(1, await page.Page.Locator(".sources [data-row][tabindex='0']").CountAsync());
    }

    [Fact]
    public async Task The_menu_of_themes_changes_the_theme_and_the_next_page_has_it_before_it_is_drawn()
    {
        await using var page = await node.OpenAsync("/health", "dark");

        await page.Page.ClickAsync("header .theme");
        await page.Page.ClickAsync("[data-theme-set=contrast]");

        await page.Page.WaitForFunctionAsync("() => document.documentElement.dataset.theme === 'contrast' && localStorage.getItem('theme') === 'contrast'");
    }

    [Fact]
    public async Task A_lost_connection_is_announced_its_age_rises_and_nothing_that_was_shown_goes_away()
    {
        await using var page = await node.OpenAsync("/health");
        await page.SeesAsync(".sources [data-row]");

        await page.Page.Context.SetOfflineAsync(true);

        await page.ReadsAsync("#banner", "Connection to the node lost");
        await page.ReadsAsync("#banner", "as of event #");
        await page.ReadsAsync("#assertive", "Connection to the node lost.");
        await page.Page.WaitForFunctionAsync("() => parseFloat(document.querySelector('[data-age-of-data-lost]').textContent) >= 2");
        Assert.True(await page.Page.Locator(".sources [data-row]").CountAsync() > 0);
    }

    [Fact]
    public async Task The_dialog_of_keys_opens_by_a_question_mark_and_closes_by_escape()
    {
        await using var page = await node.OpenAsync("/health");

        await page.Page.Keyboard.PressAsync("?");
        await page.SeesAsync("dialog[open]");
        await page.Page.Keyboard.PressAsync("Escape");

        await page.Page.WaitForFunctionAsync("() => !document.querySelector('dialog[open]')");
    }
}
