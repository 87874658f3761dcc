namespace Mempulse.Canon.Recovery;

/// <summary>Bytes that a crash left of a commit that was never acknowledged.</summary>
/// <param name="File">The segment file.</param>
/// <param name="Offset">Where the tail begins, after the last valid frame.</param>
/// <param name="SizeBytes">Number of bytes up to and including the last non-zero one.</param>
/// <param name="CopiedTo">The file that holds a copy of them.</param>
public sealed record TornTail(string File, long Offset, long SizeBytes, string CopiedTo);
