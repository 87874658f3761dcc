using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Grains.Publishing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Logs;

/// <summary>Which logs a silo holds, and how.</summary>
public sealed class LogHostOptions
{
    /// <summary>The chains whose logs this silo holds.</summary>
    public IReadOnlyList<ChainId> Chains { get; set; } = [];

    /// <summary>The directory above the chains' directories.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>Which process this is, for people; it stands in the log.</summary>
    public string Writer { get; set; } = "node";

    /// <summary>The fold's parameters from here on.</summary>
    public FoldParameters Fold { get; set; } = new();

    /// <summary>What an acknowledgement promises.</summary>
    public Durability Durability { get; set; } = Durability.Fsync;

    /// <summary>Size of a segment file, in bytes.</summary>
    public long SegmentSizeBytes { get; set; } = EventLogOptions.DefaultSegmentSizeBytes;

    /// <summary>Bounds of the publication.</summary>
    public PublisherOptions Publisher { get; set; } = new();

    /// <summary>The file system; the real one unless a test puts a simulated disk here.</summary>
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
