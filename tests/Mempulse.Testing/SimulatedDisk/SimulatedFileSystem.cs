using Mempulse.Canon.Files;

namespace Mempulse.Testing.SimulatedDisk;

/// <summary>A disk in memory that loses, tears and refuses writes as real disks do, reproducibly for a seed.</summary>
/// <remarks>
/// Thread-safe. It guarantees what disks guarantee: a sector of 512 bytes is written completely or not at all.
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

    /// <summary>Decides the fault of each call.</summary>
    public Func<DiskCall, DiskFault> Faults { get; set; } = _ => DiskFault.None;

    /// <summary>Calls since the last start.</summary>
    public long Calls { get; private set; }

    /// <summary>Bytes that fit on the disk.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>What every call by a path meets; open files can still be used.</summary>
    public PathState Paths { get; set; }

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

    /// <summary>Restarts the machine after a loss of power: what was not synced remains partially or not at all.</summary>
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

    /// <summary>Restarts the process while the machine keeps running: everything written can be read, synced or not.</summary>
    public void RestartProcess()
    {
        lock (_lock)
        {
            Start();
        }
    }

    /// <summary>Releases all locks without notifying their holders, as when the lease of a paused machine expires.</summary>
    public void LoseLocks()
    {
        lock (_lock)
        {
            _locks.Clear();
            _lockGeneration++;
        }
    }

    /// <summary>Flips one stored bit.</summary>
    public void FlipBit(string path, long offset, int bit)
    {
        lock (_lock)
        {
            Content(path).FlipBit(offset, bit);
        }
    }

    /// <summary>All bytes of a file, as processes see them.</summary>
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

    public IReadOnlyList<string> List(string directory) => LookByPath(directory, () => _names.List(directory));

    public bool Exists(string path) => Look(_generation, () => Paths == PathState.Reachable && _names.Find(path) is not null);

    public ILogFile Create(string path)
    {
        var content = new FileContent();
        Do(_generation, DiskCallKind.Create, path, 0, unused =>
        {
            if (_names.Find(path) is not null)
            {
                throw new IOException($"{path} already exists.");
            }

            _names.Add(path, content);
        });
        return new SimulatedFile(this, path, content, _generation);
    }

    public ILogFile Open(string path, FileUse use)
    {
        var content = LookByPath(path, () => Content(path));
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
            CheckPath(path);
            return _locks.Add(path) ? new HeldLock(this, path, _lockGeneration) : null;
        }
    }

    internal bool IsAt(int generation, string path, FileContent content) => Look(generation, () => Paths switch
    {
        PathState.Denied => throw new IOException($"Simulated: {path} cannot be looked at."),
        PathState.Missing => false,
        _ => ReferenceEquals(_names.Find(path), content),
    });

    private T LookByPath<T>(string path, Func<T> look) => Look(_generation, () =>
    {
        CheckPath(path);
        return look();
    });

    private void CheckPath(string path)
    {
        if (Paths != PathState.Reachable)
        {
            throw new PathUnreachableException($"Simulated: {path} cannot be reached.");
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

    /// <summary>Does a call, or the part of it that its fault allows.</summary>
    /// <param name="generation">The start that the caller belongs to; older ones are dead.</param>
    /// <param name="kind">The kind of call.</param>
    /// <param name="path">The file or directory.</param>
    /// <param name="sizeBytes">Size of a write.</param>
    /// <param name="apply">Does the call, for a number of bytes.</param>
    /// <param name="fail">Does what a failed sync does.</param>
    internal void Do(int generation, DiskCallKind kind, string path, int sizeBytes, Action<int> apply, Action? fail = null)
    {
        lock (_lock)
        {
            CheckOn(generation);
            if (kind is DiskCallKind.CreateDirectory or DiskCallKind.Create or DiskCallKind.Rename or DiskCallKind.Delete or DiskCallKind.SyncDirectory)
            {
                CheckPath(path);
            }

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
                throw new DiskFullException($"Simulated: the disk is full at {kind} of {path}.");
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
