using Microsoft.Extensions.Hosting;

namespace Mempulse.AppHost;

/// <summary>Where the cluster keeps its log and its database: the directory of the settings, or a temporary one that is deleted once everything has stopped.</summary>
/// <remarks>What a killed host leaves is deleted by the next one.</remarks>
internal sealed class RunDirectory : IHostedLifecycleService, IDisposable
{
    private const string Prefix = "mempulse-apphost-";
    private const string InUse = "in-use";
    private const int MaxDeletions = 100;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private FileStream? _mark;

    /// <summary>Takes the directory of the settings, or the name of a temporary one. Nothing is written before the start.</summary>
    public RunDirectory(string? given)
    {
        IsKept = given is not null;
        _path = given is not null ? Path.GetFullPath(given) : Path.Combine(Path.GetTempPath(), Prefix + Guid.NewGuid().ToString("N"));
    }

    /// <summary>Whether its content outlives the host.</summary>
    public bool IsKept { get; }

    /// <summary>The directory of one part. Who writes there first makes it.</summary>
    public string Of(string part) => Path.Combine(_path, part);

    /// <summary>Makes it, and deletes what killed hosts have left.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_path);
        if (!IsKept)
        {
            _mark = new FileStream(Path.Combine(_path, InUse), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            foreach (string left in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(IsLeft))
            {
                TryDelete(left);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deletes a temporary one, also when the time for the stop is over. A process that had to be killed may still be ending.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_mark is null)
        {
            return;
        }

        Dispose();
        for (int i = 0; i < MaxDeletions && !TryDelete(_path); i++)
        {
            await Task.Delay(_patience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _mark?.Dispose();

    /// <summary>Deletes what is in it, and then the mark with it, so that the next host finds what could not be deleted.</summary>
    private static bool TryDelete(string path)
    {
        try
        {
            foreach (string part in Directory.GetDirectories(path))
            {
                Directory.Delete(part, recursive: true);
            }

            Directory.Delete(path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the host that made it has ended. One of another user is left alone.</summary>
    private static bool IsLeft(string path)
    {
        try
        {
            using var mark = new FileStream(Path.Combine(path, InUse), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
