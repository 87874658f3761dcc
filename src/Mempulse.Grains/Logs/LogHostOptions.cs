using System.ComponentModel.DataAnnotations;
using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Grains.Publishing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Logs;

/// <summary>Options of the logs that a silo holds: the section Mempulse:Log, and the chains.</summary>
public sealed class LogHostOptions
{
    /// <summary>The chains whose logs this silo holds.</summary>
    public IReadOnlyList<ChainId> Chains { get; set; } = [];

    /// <summary>The parent of the chains' directories. Default: data.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>The name of this process, recorded at the start of each epoch.</summary>
    [Required]
    public string Writer { get; set; } = "node";

    /// <summary>The parameters of the fold, recorded at the start of each epoch.</summary>
    public FoldParameters Fold { get; set; } = new();

    /// <summary>The parameters of chains that have their own; <see cref="Fold"/> for any other.</summary>
    public IReadOnlyDictionary<ChainId, FoldParameters> FoldByChain { get; set; } = new Dictionary<ChainId, FoldParameters>();

    /// <summary>What an acknowledged record survives: Fsync a power loss; Os, which is faster, only a crash of the process. Default: Fsync.</summary>
    [EnumDataType(typeof(Durability))]
    public Durability Durability { get; set; } = Durability.Fsync;

    /// <summary>The size of a segment file in bytes. Default 64 MiB.</summary>
    /// <remarks>Larger segments roll less often, preallocate more disk and take longer to scan after a crash.</remarks>
    [Range(64L << 10, 4L << 30)]
    public long SegmentSizeBytes { get; set; } = EventLogOptions.DefaultSegmentSizeBytes;

    /// <summary>Options of the publication to the stream.</summary>
    public PublisherOptions Publisher { get; set; } = new();

    /// <summary>Opens the record of who writes a chain's log; null for a silo that is a cluster of its own. The log disposes what is opened.</summary>
    public Func<ChainId, IWriterRegister>? Registers { get; set; }

    /// <summary>The times of the lease that <see cref="Registers"/> holds.</summary>
    public LeaseOptions Lease { get; set; } = new();

    /// <summary>The file system. Default: that of the operating system. Tests substitute a simulated disk.</summary>
    public ILogFileSystem Files { get; set; } = PosixFileSystem.Instance;

    /// <summary>The directory of a chain's log.</summary>
    public string DirectoryOf(ChainId chain) => Path.Combine(Directory, chain.ToString());

    /// <summary>The parameters of a chain's fold.</summary>
    public FoldParameters FoldOf(ChainId chain) => FoldByChain.TryGetValue(chain, out var own) ? own : Fold;

    internal EventLogOptions ToLogOptions(ChainId chain, ICommitObserver observer, Action<LogDamage> damaged, WriterLease? lease, TimeProvider time) => new()
    {
        Directory = DirectoryOf(chain),
        Chain = chain,
        Durability = Durability,
        SegmentSizeBytes = SegmentSizeBytes,
        Observer = observer,
        Damaged = damaged,
        EpochStore = lease,
        DurableFloor = lease is not null && Durability == Durability.Fsync ? lease.Floor : GlobalSeq.None,
        Files = Files,
        Time = time,
    };
}
