using Mempulse.Node.Options;

namespace Mempulse.Api.Tests.Settings;

/// <summary>The directory of a run's logs: a run of the shipped capture gets a fresh one, and no other run's.</summary>
[Collection(nameof(Alone))]
public sealed class DataDirectoryTests : IDisposable
{
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    public DataDirectoryTests() => Directory.SetCurrentDirectory(_directory); // the default is below it

    [Fact]
    public void Each_run_of_the_sample_has_its_own_and_finds_nothing_of_an_earlier_one()
    {
        using (var first = DataDirectory.For(new NodeOptions()))
        using (var second = DataDirectory.For(new NodeOptions()))
        {
            Assert.Equal(("data/sample-run", "data/sample-run-2"), (first.Path, second.Path));
            Directory.CreateDirectory(Path.Combine(first.Path, "1"));
            Directory.CreateDirectory(Path.Combine(second.Path, "1"));
        }

        using var again = DataDirectory.For(new NodeOptions());

        Assert.Equal("data/sample-run", again.Path);
        Assert.Empty(Directory.EnumerateDirectories(again.Path));
        Assert.True(Directory.Exists("data/sample-run-2/1")); // another run's
    }

    [Fact]
    public void Any_other_run_continues_its_log()
    {
        Directory.CreateDirectory("data/1");

        using var named = DataDirectory.For(new NodeOptions { Directory = "mine" });
        using var capture = DataDirectory.For(new NodeOptions { Capture = "x.mpc" });

        Assert.Equal(("mine", "data"), (named.Path, capture.Path));
        Assert.True(Directory.Exists("data/1"));
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_directory, recursive: true);
    }
}
