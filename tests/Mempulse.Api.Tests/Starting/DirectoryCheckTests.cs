using Mempulse.Node.Starting;

namespace Mempulse.Api.Tests.Starting;

/// <summary>A data directory that cannot be used is found before anything else is opened, and a good one is left as it was.</summary>
public sealed class DirectoryCheckTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    [Fact]
    public void A_directory_in_which_no_file_can_be_made_is_refused() => // also by root
        Assert.StartsWith("Cannot write to the data directory '/proc/self/fd': ", Assert.Throws<IOException>(() => DirectoryCheck.ThrowIfUnwritable("/proc/self/fd")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused() =>
        Assert.StartsWith("Cannot write to the data directory '/proc/none': ", Assert.Throws<IOException>(() => DirectoryCheck.ThrowIfUnusable("/proc/none")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_log_of_one_chain_is_not_a_data_directory_and_the_directory_above_it_is()
    {
        string log = Directory.CreateDirectory(Path.Combine(_directory, "1")).FullName;
        File.WriteAllText(Path.Combine(log, "1.wal"), string.Empty);

        Assert.Contains("it is the log of one chain", Assert.Throws<IOException>(() => DirectoryCheck.ThrowIfUnusable(log)).Message, StringComparison.Ordinal);
        DirectoryCheck.ThrowIfUnusable(_directory);
        DirectoryCheck.ThrowIfUnusable(Path.Combine(_directory, "new"));

        Assert.Equal([log, Path.Combine(_directory, "new")], Directory.EnumerateFileSystemEntries(_directory).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
