namespace Mempulse.Node.Options;

/// <summary>The directory of a run's logs. A run of the shipped capture gets a fresh one, so that every run plays it from the start; not in a cluster, whose logs stay.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string SamplePrefix = "sample-run";
    private const string InUse = "in-use";
    private const int MaxRunsAtOnce = 100;

    private readonly FileStream? _mark;

    private DataDirectory(string path, FileStream? mark)
    {
        Path = path;
        _mark = mark;
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>The directory that the options select.</summary>
    public static DataDirectory For(NodeOptions options) => options.Directory is { } given
        ? new DataDirectory(given, mark: null)
        : options is { IsSample: true, Cluster: null } ? FreshSample() : new DataDirectory(NodeOptions.DefaultDirectory, mark: null);

    /// <inheritdoc/>
    public void Dispose() => _mark?.Dispose();

    /// <summary>The first sample directory that is not in use; the files of an earlier run are deleted.</summary>
    private static DataDirectory FreshSample() =>
        Enumerable.Range(1, MaxRunsAtOnce).Select(SamplePath).Select(TryTake).FirstOrDefault(taken => taken is not null)
        ?? throw new NodeUsageException($"Cannot start another run of the sample: {MaxRunsAtOnce} run under {NodeOptions.DefaultDirectory}. Give this one its own --data.");

    private static string SamplePath(int run) =>
        System.IO.Path.Combine(NodeOptions.DefaultDirectory, run == 1 ? SamplePrefix : $"{SamplePrefix}-{run}");

    private static DataDirectory? TryTake(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            var taken = new DataDirectory(
                path, new FileStream(System.IO.Path.Combine(path, InUse), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            foreach (string left in Directory.EnumerateDirectories(path))
            {
                Directory.Delete(left, recursive: true);
            }

            return taken;
        }
        catch (IOException)
        {
            return null; // in use by another node
        }
    }
}
