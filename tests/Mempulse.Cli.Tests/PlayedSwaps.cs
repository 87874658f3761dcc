using Mempulse.Cli.Tests;

[assembly: AssemblyFixture(typeof(PlayedSwaps))]

namespace Mempulse.Cli.Tests;

/// <summary>The shipped capture of swaps with its recorded states, played into a log once for all tests, which only read it.</summary>
public sealed class PlayedSwaps : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();

    public static string SamplePath => Path.Combine(AppContext.BaseDirectory, "samples", "mainnet-swaps.mpc");

    public static string StatesPath => Path.Combine(AppContext.BaseDirectory, "samples", "mainnet-swaps.mps");

    /// <summary>The log.</summary>
    public string Directory => _scratch["log"];

    /// <summary>The last line of the play: position and digest.</summary>
    public string Final { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var played = await CliRun.InProcessAsync("capture", "play", SamplePath, "--out", Directory);
        Assert.True(played.ExitCode == 0, played.Error);
        Final = played.Lines[^1];
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}
