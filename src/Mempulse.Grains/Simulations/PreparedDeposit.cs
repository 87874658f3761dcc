using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>A simulation to record, with its contents named and compressed.</summary>
/// <param name="Deposit">The deposit as received.</param>
/// <param name="Contents">The witness, the trace, the steps, if kept, and the bytes of the bundle, if it is one.</param>
/// <param name="Codes">The codes that the witness names, which are stored once for many.</param>
internal sealed record PreparedDeposit(SimDeposit Deposit, IReadOnlyList<PreparedContent> Contents, IReadOnlyList<PreparedContent> Codes)
{
    /// <summary>The digest of the witness, which is unique to the simulation.</summary>
    public Hash256 Witness => Contents[0].Digest;

    /// <summary>The number of contents that it has in the store at most.</summary>
    public int ContentCount => Contents.Count + Codes.Count;

    /// <summary>The bytes that it takes in the store at most.</summary>
    public long StoredBytes => Contents.Concat(Codes).Sum(content => (long)content.StoredBytes);

    /// <summary>Names and compresses the contents of a deposit. Thread-safe.</summary>
    public static PreparedDeposit Of(SimDeposit deposit, PreparedCodes codes)
    {
        var fact = FactOf(deposit); // its simulator has hashed the witness and the trace
        List<PreparedContent> contents =
        [
            PreparedContent.Of(ContentKind.Witness, deposit.Witness.Span, fact.WitnessDigest),
            PreparedContent.Of(ContentKind.Trace, deposit.Trace.Span, fact.TraceDigest),
        ];
        if (deposit.Steps is { } steps)
        {
            contents.Add(PreparedContent.Of(ContentKind.Steps, steps.Span));
        }

        if (deposit.BundleBytes is { } bundle)
        {
            contents.Add(PreparedContent.Of(ContentKind.Bundle, bundle.Span));
        }

        return new PreparedDeposit(deposit, contents, [.. deposit.Codes.Select(codes.Of)]);
    }

    private static LogEvent.SimCompleted FactOf(SimDeposit deposit)
    {
        foreach (var record in SimRecords.Read(deposit.Fact))
        {
            return (LogEvent.SimCompleted)LogEvent.Decode(record)!;
        }

        throw new ArgumentException("The deposit has no fact.", nameof(deposit));
    }
}
