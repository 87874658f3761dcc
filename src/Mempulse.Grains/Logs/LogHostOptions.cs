using System.ComponentModel.DataAnnotations;
using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Grains.Publishing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Logs;

/// <summary>Options of the logs that a silo holds: the section Mempulse:Log, and which logs they are.</summary>
public sealed class LogHostOptions
{
    /// <summary>The chains whose logs this silo holds.</summary>
    public IReadOnlyList<ChainId> Chains { get; set; } = [];

    /// <summary>The directory above the chains' directories. Default: data.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>Name of this process, which the log records with each term.</summary>
    [Required]
    public string Writer { get; set; } = "node";

    /// <summary>Parameters of the fold, which the log records with each term.</summary>
    public FoldParameters Fold { get; set; } = new();

    /// <summary>What an acknowledgement guarantees: Fsync survives a power loss, Os only the end of the process, and is faster. Default: Fsync.</summary>
    [EnumDataType(typeof(Durability))]
    public Durability Durability { get; set; } = Durability.Fsync;

    /// <summary>Size of a segment file in bytes. Larger ones roll less often, preallocate more disk and take longer to scan after a crash. Default 64 MiB.</summary>
    [Range(64L << 10, 4L << 30)]
    public long SegmentSizeBytes { get; set; } = EventLogOptions.DefaultSegmentSizeBytes;

    /// <summary>Bounds of the publication to the stream.</summary>
    public PublisherOptions Publisher { get; set; } = new();

    /// <summary>The file system. Default: the operating system's; tests substitute a simulated disk.</summary>
    public ILogFileSystem Files { get; set; } = PosixFileSystem.Instance;

    /// <summary>The directory of one chain.</summary>
    public string DirectoryOf(ChainId chain) => Path.Combine(Directory, chain.ToString());

    internal EventLogOptions ToLogOptions(ChainId chain, ICommitObserver observer, TimeProvider time) => new()
    {
        Directory = DirectoryOf(chain),
        Chain = chain,
        Durability = Durability,
        SegmentSizeBytes = SegmentSizeBytes,
        Observer = observer,
        Files = Files,
        Time = time,
    };
}
