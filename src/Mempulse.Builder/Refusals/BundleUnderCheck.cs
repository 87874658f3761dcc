using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Primitives;

namespace Mempulse.Builder.Refusals;

/// <summary>A bundle with what it is held against.</summary>
internal sealed record BundleUnderCheck(RelayBundle Bundle, RelayDialect Dialect, PreflightFacts Facts)
{
    /// <summary>True if one of its transactions has the hash.</summary>
    public bool Has(Hash256 hash) => Bundle.Transactions.Any(transaction => transaction.Hash == hash);

    /// <summary>The first of the hashes that no transaction has; null if all are in the bundle.</summary>
    public Hash256? FirstForeign(IReadOnlyList<Hash256> hashes)
    {
        foreach (var hash in hashes)
        {
            if (!Has(hash))
            {
                return hash;
            }
        }

        return null;
    }
}
