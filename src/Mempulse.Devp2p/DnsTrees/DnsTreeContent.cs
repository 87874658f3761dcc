using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>What a tree holds.</summary>
/// <param name="Sequence">The root's number; rises with each change.</param>
/// <param name="Records">Its records, signatures checked.</param>
/// <param name="Links">Other trees that it names.</param>
/// <param name="RefusedEntries">Entries that are missing, damaged or forged.</param>
/// <param name="IsComplete">False when the tree has more entries than are looked up.</param>
public sealed record DnsTreeContent(uint Sequence, IReadOnlyList<NodeRecord> Records, IReadOnlyList<string> Links, int RefusedEntries, bool IsComplete);
