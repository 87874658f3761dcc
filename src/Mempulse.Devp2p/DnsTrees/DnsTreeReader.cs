using System.Text;
using Mempulse.Devp2p.Records;
using Mempulse.Ethereum.Hashing;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Reads the authentic entries of a DNS tree of node records. EIP-1459.</summary>
/// <remarks>The root is signed and every other entry is named by its hash, so no entry below a valid root can be forged.</remarks>
public sealed class DnsTreeReader(ITextResolver resolver)
{
    /// <summary>Maximum number of lookups for one tree; the largest public tree has about 5,000 entries.</summary>
    private const int MaxLookups = 10_000;
    private const int HashBytes = 16;
    private const string Branch = "enrtree-branch:";
    private const string Record = "enr:";

    /// <summary>Reads a tree; damaged or forged entries are counted and skipped.</summary>
    /// <exception cref="InvalidDataException">The root is missing or is not signed by the link's key.</exception>
    public async Task<DnsTreeContent> ReadAsync(DnsTreeLink link, CancellationToken cancellationToken)
    {
        string? rootText = await resolver.ResolveAsync(link.Domain, cancellationToken).ConfigureAwait(false);
        if (rootText is null || !DnsTreeRoot.TryParse(rootText, link.Signer, out var root))
        {
            throw new InvalidDataException($"'{link.Domain}' is not a valid DNS tree: expected a root signed by the key of its link.");
        }

        var records = new List<NodeRecord>();
        var links = new List<string>();
        var waiting = new Stack<string>([root!.Entries, root.Links]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int refused = 0;
        while (waiting.Count > 0 && seen.Count < MaxLookups)
        {
            string name = waiting.Pop();
            if (!seen.Add(name))
            {
                continue;
            }

            string? text = await resolver.ResolveAsync($"{name}.{link.Domain}", cancellationToken).ConfigureAwait(false);
            refused += text is not null && IsNamedByItsHash(name, text) && TryTake(text, waiting, records, links) ? 0 : 1;
        }

        return new DnsTreeContent(root.Sequence, records, links, refused, IsComplete: waiting.Count == 0);
    }

    private static bool TryTake(string text, Stack<string> waiting, List<NodeRecord> records, List<string> links)
    {
        if (text.StartsWith(Branch, StringComparison.Ordinal))
        {
            foreach (string child in text[Branch.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                waiting.Push(child);
            }

            return true;
        }

        if (text.StartsWith(Record, StringComparison.Ordinal) && NodeRecord.TryParse(text, out var record))
        {
            records.Add(record!);
            return true;
        }

        if (DnsTreeLink.TryParse(text, out _))
        {
            links.Add(text);
            return true;
        }

        return false;
    }

    internal static bool IsNamedByItsHash(string name, string text)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        return Base32.TryDecode(name, hash) && hash.SequenceEqual(Keccak256.Hash(Encoding.UTF8.GetBytes(text)).ToArray().AsSpan(0, HashBytes));
    }
}
