using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>A simulation to be put on record, its contents named and compressed.</summary>
/// <param name="Deposit">As it came.</param>
/// <param name="Contents">The witness, and what else is kept.</param>
internal sealed record PreparedDeposit(SimDeposit Deposit, IReadOnlyList<PreparedContent> Contents)
{
    /// <summary>The witness's name: another simulation has another one.</summary>
    public Hash256 Witness => Contents[0].Digest;

    /// <summary>Bytes that it takes in the store.</summary>
    public long StoredBytes => Contents.Sum(content => (long)content.StoredBytes);

    /// <summary>Names and compresses. Safe for any thread.</summary>
    public static PreparedDeposit Of(SimDeposit deposit)
    {
        List<PreparedContent> contents = [PreparedContent.Of(ContentKind.Witness, deposit.Witness.Span), PreparedContent.Of(ContentKind.Trace, deposit.Trace.Span)];
        if (deposit.Steps is { } steps)
        {
            contents.Add(PreparedContent.Of(ContentKind.Steps, steps.Span));
        }

        return new PreparedDeposit(deposit, contents);
    }
}
