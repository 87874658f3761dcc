using Mempulse.Canon.Files;

namespace Mempulse.Testing.SimulatedDisk;

/// <summary>A disk in memory that loses, tears and refuses as real ones do, the same way for the same seed.</summary>
/// <remarks>
/// Thread-safe. Its one promise is the one that disks make: a sector of 512 bytes is written whole or not at all.
/// After <see cref="DiskFault.CrashDuring"/> or <see cref="DiskFault.CrashAfter"/> every call throws until <see cref="LosePower"/> or <see cref="RestartProcess"/>.
/// </remarks>
public sealed class SimulatedFileSystem(ulong seed) : ILogFileSystem
{
    private readonly Lock _lock = new();
    private readonly SeededRandom _random = new(seed);
    private readonly NameTable _names = new();
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);
    private int _generation;
    private int _lockGeneration;
    private bool _isOff;

    /// <summary>Decides what befalls each call.</summary>
    public Func<DiskCall, DiskFault> Faults { get; set; } = _ => DiskFault.None;

    /// <summary>Calls since the last start.</summary>
    public long Calls { get; private set; }

    /// <summary>Bytes that fit on the disk.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>Bytes of all files, as processes see them.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_lock)
            {
                return _names.Contents.Sum(content => (long)content.Length);
            }
        }
    }

    /// <summary>The machine starts again after a loss of power: what was not synced is there in part or not at all.</summary>
    public void LosePower()
    {
        lock (_lock)
        {
            foreach (var content in _names.Contents.ToList())
            {
                content.LosePower(_random);
            }

            _names.LosePower(_random);
            Start();
        }
    }

    /// <summary>The process starts again, the machine ran on: everything written is there to be read, synced or not.</summary>
    public void RestartProcess()
    {
        lock (_lock)
        {
            Start();
        }
    }

    /// <summary>Takes all locks away from their holders, who do not notice: what a paused machine finds when its lease ran out.</summary>
    public void LoseLocks()
    {
        lock (_lock)
        {
            _locks.Clear();
            _lockGeneration++;
        }
    }

    /// <summary>Flips one bit of what is stored.</summary>
    public void FlipBit(string path, long offset, int bit)
    {
        lock (_lock)
        {
            Content(path).FlipBit(offset, bit);
        }
    }

    /// <summary>All bytes of a file as processes see them.</summary>
    public byte[] ReadAllBytes(string path)
    {
        lock (_lock)
        {
            byte[] bytes = new byte[Content(path).Length];
            Content(path).Read(bytes, 0);
            return bytes;
        }
    }

    public void CreateDirectory(string directory) => Do(_generation, DiskCallKind.CreateDirectory, directory, 0, _ => { });

    public IReadOnlyList<string> List(string directory) => Look(_generation, () => _names.List(directory));

    public bool Exists(string path) => Look(_generation, () => _names.Find(path) is not null);

    public ILogFile Create(string path)
    {
        var content = new FileContent();
        Do(_generation, DiskCallKind.Create, path, 0, unused =>
        {
            if (_names.Find(path) is not null)
            {
                throw new IOException($"{path} exists.");
            }

            _names.Add(path, content);
        });
        return new SimulatedFile(this, path, content, _generation);
    }

    public ILogFile Open(string path, FileUse use)
    {
        var content = Look(_generation, () => Content(path));
        return new SimulatedFile(this, path, content, _generation);
    }

    public void Rename(string path, string newPath) => Do(_generation, DiskCallKind.Rename, newPath, 0, unused =>
    {
        _ = Content(path);
        _names.Rename(path, newPath);
    });

    public void Delete(string path) => Do(_generation, DiskCallKind.Delete, path, 0, _ =>
    {
        if (_names.Find(path) is not null)
        {
            _names.Remove(path);
        }
    });

    public void SyncDirectory(string directory) => Do(_generation, DiskCallKind.SyncDirectory, directory, 0, _ => _names.Sync(directory));

    public bool IsLocked(string path) => Look(_generation, () => _locks.Contains(path));

    public IDisposable? TryLock(string path)
    {
        lock (_lock)
        {
            return _locks.Add(path) ? new HeldLock(this, path, _lockGeneration) : null;
        }
    }

    internal T Look<T>(int generation, Func<T> look)
    {
        lock (_lock)
        {
            CheckOn(generation);
            return look();
        }
    }

    internal int Read(int generation, FileContent content, Span<byte> destination, long offset)
    {
        lock (_lock)
        {
            CheckOn(generation);
            return content.Read(destination, offset);
        }
    }

    /// <summary>Does a call, or what its fault leaves of it.</summary>
    /// <param name="generation">The caller's start; an older one is dead.</param>
    /// <param name="kind">What is called.</param>
    /// <param name="path">On what.</param>
    /// <param name="sizeBytes">How much a write writes.</param>
    /// <param name="apply">Does it, for so many bytes.</param>
    /// <param name="fail">What a failed sync does.</param>
    internal void Do(int generation, DiskCallKind kind, string path, int sizeBytes, Action<int> apply, Action? fail = null)
    {
        lock (_lock)
        {
            CheckOn(generation);
            var fault = Faults(new DiskCall(++Calls, kind, path));
            if (fault == DiskFault.None && kind is DiskCallKind.Allocate && UsedBytes + sizeBytes > CapacityBytes)
            {
                fault = DiskFault.NoSpace;
            }

            if (fault is DiskFault.None or DiskFault.CrashAfter)
            {
                apply(sizeBytes);
            }
            else if (kind is DiskCallKind.Write or DiskCallKind.Allocate)
            {
                apply(_random.Below(sizeBytes + 1));
            }
            else if (fault == DiskFault.Error)
            {
                fail?.Invoke();
            }

            Throw(fault, kind, path);
        }
    }

    private void Throw(DiskFault fault, DiskCallKind kind, string path)
    {
        switch (fault)
        {
            case DiskFault.NoSpace:
                throw new DiskFullException($"Simulated: no room at {kind} of {path}.");
            case DiskFault.Error:
                throw new IOException($"Simulated: {kind} of {path} failed.");
            case DiskFault.CrashDuring or DiskFault.CrashAfter:
                _isOff = true;
                throw new SimulatedCrashException($"Simulated: the machine stopped at {kind} of {path}.");
            default:
                return;
        }
    }

    private void Start()
    {
        _generation++;
        _lockGeneration++;
        _locks.Clear();
        _isOff = false;
        Calls = 0;
    }

    private void CheckOn(int generation)
    {
        if (_isOff || generation != _generation)
        {
            throw new SimulatedCrashException("Simulated: the machine is off.");
        }
    }

    private FileContent Content(string path) => _names.Find(path) ?? throw new FileNotFoundException($"{path} does not exist.", path);

    private sealed class HeldLock(SimulatedFileSystem disk, string path, int generation) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._lock)
            {
                if (generation == disk._lockGeneration)
                {
                    disk._locks.Remove(path);
                }
            }
        }
    }
}
