using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Dashboard.Tests.Screens;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;

namespace Mempulse.Dashboard.Tests.Opportunities;

/// <summary>The screen of opportunities on a chain in which none was found.</summary>
public sealed class EmptyBoardTests : IAsyncLifetime
{
    private readonly ViewedNode _node = new() { Plan = static () => CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal) };

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    [Fact]
    public async Task Says_what_is_watched_and_that_none_was_detected_in_every_theme()
    {
        foreach (string theme in new[] { "dark", "light", "contrast" })
        {
            await using var page = await _node.OpenAsync("/opportunities", theme);
            await page.ReadsAsync(".board", "No opportunity yet");
            await page.ReadsAsync(".board", "None was detected since the log began.");

            await page.PictureAsync($"opportunities-empty-{theme}");
            string findings = await Accessibility.FindingsAsync(page);

            Assert.True(findings.Length == 0, findings);
            Assert.Empty(page.Complaints);
        }
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
