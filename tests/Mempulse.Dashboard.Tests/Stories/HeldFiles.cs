using Mempulse.Canon.Files;

namespace Mempulse.Dashboard.Tests.Stories;

/// <summary>A file system on which looking for checkpoints, which begins a replay, can be held or made to fail.</summary>
internal sealed class HeldFiles(ILogFileSystem inner) : ILogFileSystem, IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private volatile Action _onCheckpoints = static () => { };

    /// <summary>Holds replays until the result is disposed.</summary>
    public IDisposable Hold()
    {
        _open.Reset();
        _onCheckpoints = _open.Wait;
        return new Release(_open.Set);
    }

    /// <summary>Lets replays fail until the result is disposed.</summary>
    public IDisposable Fail(string reason)
    {
        _onCheckpoints = () => throw new IOException(reason);
        return new Release(() => _onCheckpoints = static () => { });
    }

    public IReadOnlyList<string> List(string directory)
    {
        if (directory.EndsWith("checkpoints", StringComparison.Ordinal))
        {
            _onCheckpoints();
        }

        return inner.List(directory);
    }

    public void Dispose() => _open.Dispose();

    public void CreateDirectory(string directory) => inner.CreateDirectory(directory);

    public bool Exists(string path) => inner.Exists(path);

    public ILogFile Create(string path) => inner.Create(path);

    public ILogFile Open(string path, FileUse use) => inner.Open(path, use);

    public void Rename(string path, string newPath) => inner.Rename(path, newPath);

    public void Delete(string path) => inner.Delete(path);

    public void SyncDirectory(string directory) => inner.SyncDirectory(directory);

    public bool IsLocked(string path) => inner.IsLocked(path);

    public IDisposable? TryLock(string path) => inner.TryLock(path);

    private sealed class Release(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
