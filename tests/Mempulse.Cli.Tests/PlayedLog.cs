using Mempulse.Cli.Tests;

[assembly: AssemblyFixture(typeof(PlayedLog))]

namespace Mempulse.Cli.Tests;

/// <summary>The shipped capture, played into a log once for all tests, which only read it.</summary>
public sealed class PlayedLog : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();

    public static string SamplePath => Path.Combine(AppContext.BaseDirectory, "samples", "mainnet-pectra.mpc");

    /// <summary>The log.</summary>
    public string Directory => _scratch["log"];

    /// <summary>Its last position.</summary>
    public ulong Watermark { get; private set; }

    /// <summary>The digest at its last position.</summary>
    public string Digest { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var played = await CliRun.InProcessAsync("capture", "play", SamplePath, "--out", Directory, "--json");
        Assert.Equal(0, played.ExitCode);
        Watermark = (ulong)played.Json["seq"]!;
        Digest = (string)played.Json["digest"]!;
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy that a test may damage.</summary>
    public void CopyTo(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        foreach (string file in System.IO.Directory.GetFiles(Directory))
        {
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }
    }
}
