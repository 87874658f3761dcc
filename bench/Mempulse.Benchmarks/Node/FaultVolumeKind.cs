namespace Mempulse.Benchmarks.Node;

/// <summary>What a <see cref="FaultVolume"/> is.</summary>
internal enum FaultVolumeKind
{
    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A small file system in memory.</summary>
    Small,

    /// <summary>A directory that is mounted elsewhere.</summary>
    Mounted,
}
