using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;

namespace Mempulse.Dashboard.Tests.Radar;

/// <summary>The table of the pool while transactions arrive: the first check of the design.</summary>
public sealed class LivePoolTests : IAsyncLifetime
{
    /// <summary>A tenth of the rows that a screen of 900 pixels shows.</summary>
    private const int MaxMoved = 2;

    private const int Enough = 12;
    private const int Ticks = 16;

    /// <summary>Compares the order of the rows in view with each change of the table: the rows of both that are not in their longest common order have moved.</summary>
    private const string Watch = """
        () => {
          const place = document.querySelector('.rows'), view = place.getBoundingClientRect();
          const seen = () => [...place.querySelectorAll('[data-row]')].filter(row => { const at = row.getBoundingClientRect(); return at.top >= view.top && at.bottom <= view.bottom; }).map(row => row.dataset.copy);
          let last = seen(); window.moved = []; window.arrived = 0;
          new MutationObserver(() => {
            const now = seen(), places = now.map(id => last.indexOf(id)).filter(place => place >= 0), ends = [];
            for (const place of places) { const at = ends.findIndex(end => end > place); ends[at < 0 ? ends.length : at] = place; }
            window.moved.push(places.length - ends.length); window.arrived += now.filter(id => !last.includes(id)).length; last = now;
          }).observe(place.querySelector('tbody'), { childList: true });
        }
        """;

    private readonly ViewedNode _node = new() { Plan = static () => CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Recorded), IsSettledFirst = false };

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    [Fact]
    public async Task A_row_under_the_pointer_stays_with_new_values_and_afterwards_at_most_two_rows_move_with_an_update()
    {
        await using var page = await _node.OpenAsync("/?sort=age");
        await page.Page.WaitForFunctionAsync("enough => document.querySelectorAll('.pool-table [data-row]').length >= enough", Enough);
        var row = page.Page.Locator(".pool-table [data-row]").Nth(4);
        await row.HoverAsync();
        await page.ReadsAsync(".filters", "order held: pointer in the table");
        string held = (await row.GetAttributeAsync("data-copy"))!;
        string age = await row.Locator(".age").InnerTextAsync();
        string matching = await page.Page.Locator(".count b").First.InnerTextAsync();
        var place = await row.BoundingBoxAsync();

        await page.Page.WaitForFunctionAsync("matching => document.querySelector('.filters .count b').textContent !== matching", matching); // others came or went
        await page.TicksAsync(Ticks);

        Assert.Equal(held, await row.GetAttributeAsync("data-copy"));
        Assert.Equal((place!.X, place.Y), ((await row.BoundingBoxAsync())!.X, (await row.BoundingBoxAsync())!.Y));
        await page.Page.WaitForFunctionAsync("([hash, age]) => document.querySelector(`[data-row][data-copy='${hash}'] .age`).textContent !== age", new[] { held, age });

        await page.Page.EvaluateAsync(Watch);
        await page.Page.Mouse.MoveAsync(5, 5);
        await page.Page.WaitForFunctionAsync("() => window.arrived > 0");
        await page.TicksAsync(Ticks);

        int[] moved = await page.Page.EvaluateAsync<int[]>("window.moved");
        Assert.NotEmpty(moved);
        Assert.True(moved.Max() <= MaxMoved, $"Rows that moved with each update: {string.Join(", ", moved)}.");
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
