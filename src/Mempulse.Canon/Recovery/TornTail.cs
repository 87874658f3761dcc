namespace Mempulse.Canon.Recovery;

/// <summary>Bytes of a commit that was never acknowledged, left by a crash.</summary>
/// <param name="File">The segment file.</param>
/// <param name="Offset">Where the tail begins, after the last valid frame.</param>
/// <param name="SizeBytes">Bytes up to the last one that is not zero.</param>
/// <param name="CopiedTo">The file that keeps a copy.</param>
public sealed record TornTail(string File, long Offset, long SizeBytes, string CopiedTo);
