using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>A simulation to record, with its contents named and compressed.</summary>
/// <param name="Deposit">The deposit as received.</param>
/// <param name="Contents">The witness, the trace and the steps, if kept.</param>
internal sealed record PreparedDeposit(SimDeposit Deposit, IReadOnlyList<PreparedContent> Contents)
{
    /// <summary>The digest of the witness, which is unique to the simulation.</summary>
    public Hash256 Witness => Contents[0].Digest;

    /// <summary>The bytes that it takes in the store.</summary>
    public long StoredBytes => Contents.Sum(content => (long)content.StoredBytes);

    /// <summary>Names and compresses the contents of a deposit. Thread-safe.</summary>
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
