using System.Diagnostics;

namespace Mempulse.Benchmarks.Node;

/// <summary>A place for a node's data whose faults can be made: a directory, a small memory file system, or a mount of a directory.</summary>
internal sealed class FaultVolume : IDisposable
{
    private const string Size = "size=48m";

    private readonly string _parent;
    private readonly FaultVolumeKind _kind;

    private FaultVolume(string parent, FaultVolumeKind kind)
    {
        _parent = parent;
        _kind = kind;
        Path = System.IO.Path.Combine(parent, "data");
        Backing = System.IO.Path.Combine(parent, "backing");
    }

    /// <summary>Where the node finds it.</summary>
    public string Path { get; }

    /// <summary>Where a mounted directory really is.</summary>
    public string Backing { get; }

    /// <summary>Creates a volume; null if this user may not mount.</summary>
    public static FaultVolume? Create(FaultVolumeKind kind)
    {
        var volume = new FaultVolume(Directory.CreateTempSubdirectory("mempulse-faults-").FullName, kind);
        Directory.CreateDirectory(volume.Path);
        Directory.CreateDirectory(volume.Backing);
        if (volume.Mount())
        {
            return volume;
        }

        volume.Dispose();
        return null;
    }

    /// <summary>Mounts it; does nothing for a directory.</summary>
    public bool Mount() => _kind switch
    {
        FaultVolumeKind.Small => Run("mount", "-t", "tmpfs", "-o", Size, "tmpfs", Path),
        FaultVolumeKind.Mounted => Run("mount", "--bind", Backing, Path),
        _ => true,
    };

    /// <summary>Unmounts it, although files in it are open.</summary>
    public bool Unmount() => Run("umount", "-l", Path);

    /// <summary>Runs a program that changes the file system.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_kind != FaultVolumeKind.Directory)
        {
            Unmount();
        }

        Directory.Delete(_parent, recursive: true);
    }
}
