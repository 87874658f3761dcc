using System.ComponentModel.DataAnnotations;
using Mempulse.Canon.Files;

namespace Mempulse.Storage.Contents;

/// <summary>Options of a content store.</summary>
public sealed class ContentStoreOptions
{
    /// <summary>The default of <see cref="MaxBytes"/>: 4 GiB.</summary>
    public const long DefaultMaxBytes = 4L << 30;

    /// <summary>Largest content in bytes, before compression: more than the limits of a simulation allow a trace and a witness together.</summary>
    public const int MaxContentBytes = 256 << 20;

    /// <summary>The directory, used by the store alone; created by the first write.</summary>
    public required string Directory { get; init; }

    /// <summary>Largest total size of all files in bytes; beyond it the oldest are deleted. More keeps simulations repeatable for longer. Default 4 GiB.</summary>
    [Range(1L << 10, 1L << 44)]
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>Size of the files to which batches are appended, in bytes; 0 gives each batch a file of its own. A batch in such a file costs one sync, its own file two. Default 0.</summary>
    [Range(0, 1 << 30)]
    public int VolumeBytes { get; init; }

    /// <summary>The file system. Default: the operating system's; tests substitute a simulated disk.</summary>
    public ILogFileSystem Files { get; init; } = PosixFileSystem.Instance;

    /// <summary>Checks each range.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}
