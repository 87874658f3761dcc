using System.ComponentModel.DataAnnotations;
using Mempulse.Canon.Files;

namespace Mempulse.Storage.Contents;

/// <summary>Where contents lie, and how many are kept.</summary>
public sealed class ContentStoreOptions
{
    /// <summary>Default of <see cref="MaxBytes"/>.</summary>
    public const long DefaultMaxBytes = 4L << 30;

    /// <summary>Longest content in bytes before compression: above what the limits of a simulation allow a trace and a witness together.</summary>
    public const int MaxContentBytes = 256 << 20;

    /// <summary>The directory, which the store has to itself; made when something is put.</summary>
    public required string Directory { get; init; }

    /// <summary>Bytes of all files together; beyond it the oldest go. More keeps simulations repeatable for longer. Default 4 GiB.</summary>
    [Range(1L << 10, 1L << 44)]
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>The file system; the real one unless a test puts a simulated disk here.</summary>
    public ILogFileSystem Files { get; init; } = PosixFileSystem.Instance;
}
