using Mempulse.Builder.Operators;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Assembly;

/// <summary>A bundle with its bytes and its id. Immutable; not a record, because its text must not show its bytes.</summary>
public sealed class AssembledBundle
{
    private AssembledBundle(BundleDraft draft, IReadOnlyList<BundlePart> parts, bool isSigned)
    {
        Draft = draft;
        Parts = parts;
        IsSigned = isSigned;
        Bytes = BundleBytes.Encode(parts, isSigned);
        Content = Keccak256.Hash(Bytes.Span);
        Id = BundleBytes.IdOf(Bytes.Span, draft.Terms.Target, draft.Legs[0].Candidate.StrategyVersion);
    }

    /// <summary>What it was made of.</summary>
    public BundleDraft Draft { get; }

    /// <summary>Its transactions in order: for each opportunity what its trigger needs, the trigger, and the operator's.</summary>
    public IReadOnlyList<BundlePart> Parts { get; }

    /// <summary>False if own transactions have a signature of zeros, because there is no key.</summary>
    public bool IsSigned { get; }

    /// <summary>Its bytes: docs/formats/bundle.md.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Keccak-256 of its bytes.</summary>
    public Hash256 Content { get; }

    /// <summary>Its id.</summary>
    public Hash256 Id { get; }

    /// <summary>Signs a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="key">The operator's key; null leaves own transactions unsigned.</param>
    public static AssembledBundle Of(BundleDraft draft, OperatorKey? key)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var parts = new List<BundlePart>();
        foreach (var leg in draft.Legs)
        {
            parts.AddRange(leg.Candidate.Transactions.Select(static tx =>
                new BundlePart(new BundleTx(tx.Hash, tx.Sender, tx.Nonce, tx.MaxFeePerGas, IsOwn: false, tx.MayRevert), tx.Raw)));
            byte[] raw = TransactionEncoder.Encode(key?.Sign(leg.Own) ?? leg.Own);
            parts.Add(new BundlePart(new BundleTx(Keccak256.Hash(raw), draft.Terms.Operator, leg.Own.Nonce, leg.Own.MaxFeePerGas, IsOwn: true, MayRevert: false), raw));
        }

        return new AssembledBundle(draft, parts, key is not null);
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id.ToString();
}
