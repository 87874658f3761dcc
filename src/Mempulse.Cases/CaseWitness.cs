using Mempulse.Builder.Assembly;
using Mempulse.Features.Reasons;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>A content from which what a record says can be computed again.</summary>
/// <param name="Event">The record's kind, and what it is about.</param>
/// <param name="Digest">Keccak-256 of the content; zero if the store did not take it.</param>
/// <param name="TransactionsOf">The signed transactions in the content.</param>
internal sealed record CaseWitness(CaseEvent Event, Hash256 Digest, Func<ReadOnlyMemory<byte>, IEnumerable<ReadOnlyMemory<byte>>> TransactionsOf)
{
    /// <summary>Accounts in the content whose ether exists only in the simulation: what they signed can be executed nowhere else.</summary>
    public Func<ReadOnlyMemory<byte>, IEnumerable<Address>> MadeAccountsOf { get; private init; } = static _ => [];

    /// <summary>The codes that the content names.</summary>
    public Func<ReadOnlyMemory<byte>, IReadOnlyList<Hash256>> CodesOf { get; private init; } = static _ => [];

    /// <summary>What a record names; null if it names none.</summary>
    public static CaseWitness? Of(LoggedRecord record) => record.View.Kind switch
    {
        LogEvent.SimCompleted.KindNumber when LogEvent.Decode(record.View) is LogEvent.SimCompleted sim => new(
            new CaseEvent(sim.Kind, sim.Sim), sim.WitnessDigest, static bytes => WitnessCodec.RequestOf(bytes.Span).Transactions.Select(static tx => tx.Raw))
        {
            MadeAccountsOf = static bytes => WitnessCodec.RequestOf(bytes.Span).Overrides.Where(static change => change.Balance is not null).Select(static change => change.Address),
            CodesOf = static bytes => WitnessCodec.CodesOf(bytes.Span),
        },
        LogEvent.BundleBuilt.KindNumber when LogEvent.Decode(record.View) is LogEvent.BundleBuilt built => new(new CaseEvent(built.Kind, built.Bundle), built.Content, BundleBytes.Read),
        LogEvent.CompetitionExamined.KindNumber when LogEvent.Decode(record.View) is LogEvent.CompetitionExamined examined => new(
            new CaseEvent(examined.Kind, examined.Bundle), examined.WitnessDigest, static bytes => CompetitionWitnessCodec.Decode(bytes.Span).Bundle.Select(static tx => tx.Raw)),
        _ => null,
    };
}
