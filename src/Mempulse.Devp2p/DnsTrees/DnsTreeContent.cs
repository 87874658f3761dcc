using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>The content of a DNS tree.</summary>
/// <param name="Sequence">The root's sequence number; rises with each change of the tree.</param>
/// <param name="Records">Node records with valid signatures.</param>
/// <param name="Links">URLs of the other trees that this tree links to.</param>
/// <param name="RefusedEntries">Number of entries that are missing, damaged or forged.</param>
/// <param name="IsComplete">False when the tree has more entries than the lookup limit.</param>
public sealed record DnsTreeContent(uint Sequence, IReadOnlyList<NodeRecord> Records, IReadOnlyList<string> Links, int RefusedEntries, bool IsComplete);
